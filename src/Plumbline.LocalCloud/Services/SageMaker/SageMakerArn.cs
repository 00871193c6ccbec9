using Plumbline.Aws.Arns;
using Plumbline.LocalCloud.Identity;

namespace Plumbline.LocalCloud.Services.SageMaker;

/// <summary>ARNs of this account's SageMaker resources.</summary>
internal static class SageMakerArn
{
    /// <summary>Returns the ARN of a resource, with the name as given.</summary>
    public static string Of(string type, string name) => LocalArn.Of("sagemaker", $"{type}/{name}");

    /// <summary>Returns the ARN of a job, model or endpoint, which has the name in lower case.</summary>
    public static string OfLowerCase(string type, string name) => Of(type, name.ToLowerInvariant());

    /// <summary>Returns the ARN for a name; an ARN is returned unchanged.</summary>
    public static string OfNameOrArn(string type, string nameOrArn) =>
        LocalArn.OfNameOrArn("sagemaker", type, nameOrArn);

    /// <summary>Returns the name in an ARN; a name is returned unchanged.</summary>
    public static string NameOf(string nameOrArn) => Arn.IdOf(nameOrArn);
}
