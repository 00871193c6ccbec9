using System.Text.Json.Nodes;
using Plumbline.Aws.Instances;
using Plumbline.Pipelines.Steps;
using Plumbline.Pipelines.Values;
using Plumbline.Records.Project;

namespace Plumbline.Loop.Home;

/// <summary>Adds a project's tags, network and key to requests that create resources.</summary>
internal static class AwsSettings
{
    /// <summary>The request with the project's tags, if it has any.</summary>
    public static JsonObject Tagged(this JsonObject request, AwsDescription aws)
    {
        if (aws.Tags.Count > 0)
        {
            request["Tags"] = aws.Tags.ToTags();
        }

        return request;
    }

    /// <summary>Tags as AWS's list of <c>Key</c> and <c>Value</c>.</summary>
    public static JsonArray ToTags(this IReadOnlyDictionary<string, string> tags) =>
        [.. tags.Select(tag => new JsonObject { ["Key"] = tag.Key, ["Value"] = tag.Value })];

    /// <summary>The step with the project's tags, network and key.</summary>
    /// <param name="step">A step with a job.</param>
    /// <param name="aws">The project's settings.</param>
    /// <param name="instance">The instance type of the job.</param>
    public static T In<T>(this T step, AwsDescription aws, string instance)
        where T : JobStep =>
        (T)(
            (JobStep)step with
            {
                Tags = aws.Tags.ToDictionary(tag => tag.Key, tag => (PipelineValue)tag.Value),
                Subnets = aws.Vpc?.Subnets ?? [],
                SecurityGroupIds = aws.Vpc?.SecurityGroups ?? [],
                OutputKmsKeyId = aws.KmsKey,
                VolumeKmsKeyId = aws.VolumeKey(instance),
            }
        );

    /// <summary>The key for an instance's disks; also null if AWS encrypts them itself and accepts no key.</summary>
    public static string? VolumeKey(this AwsDescription aws, string instance) =>
        LocalDisks.Has(instance) ? null : aws.KmsKey;

    /// <summary>The VpcConfig of SageMaker's requests.</summary>
    public static JsonObject ToVpcConfig(this VpcDescription vpc) =>
        new() { ["SecurityGroupIds"] = vpc.SecurityGroups.ToJson(), ["Subnets"] = vpc.Subnets.ToJson() };

    public static JsonArray ToJson(this IReadOnlyList<string> texts) =>
        [.. texts.Select(text => JsonValue.Create(text))];
}
