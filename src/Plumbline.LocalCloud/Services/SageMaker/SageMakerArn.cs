using Plumbline.Aws.Arns;

namespace Plumbline.LocalCloud.Services.SageMaker;

/// <summary>ARNs of this account's SageMaker resources.</summary>
internal static class SageMakerArn
{
    /// <summary>Of a resource by its name, as given.</summary>
    public static string Of(string type, string name) =>
        new Arn("sagemaker", LocalCloudIdentity.Region, LocalCloudIdentity.Account, $"{type}/{name}").ToString();

    /// <summary>Of a job, model or endpoint: SageMaker writes their names in lower case there.</summary>
    public static string OfLowerCase(string type, string name) => Of(type, name.ToLowerInvariant());

    /// <summary>Of a resource that a request names or gives the ARN of.</summary>
    public static string OfNameOrArn(string type, string nameOrArn) =>
        nameOrArn.StartsWith("arn:", StringComparison.Ordinal) ? nameOrArn : Of(type, nameOrArn);

    /// <summary>The name in an ARN; the name itself where that is given.</summary>
    public static string NameOf(string nameOrArn) =>
        nameOrArn.StartsWith("arn:", StringComparison.Ordinal)
            ? nameOrArn[(nameOrArn.IndexOf('/', StringComparison.Ordinal) + 1)..]
            : nameOrArn;
}
