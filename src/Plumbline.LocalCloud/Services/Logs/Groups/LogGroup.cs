using System.Text.Json.Nodes;
using Plumbline.LocalCloud.Identity;

namespace Plumbline.LocalCloud.Services.Logs.Groups;

/// <param name="Id">The row's key.</param>
/// <param name="Name">Such as <c>/aws/sagemaker/TrainingJobs</c>.</param>
/// <param name="Created">Unix milliseconds.</param>
/// <param name="Class">STANDARD or INFREQUENT_ACCESS.</param>
/// <param name="RetentionDays">Null keeps events forever.</param>
/// <param name="StoredBytes">Bytes of all events that were ever put.</param>
/// <param name="Tags">A JSON object.</param>
/// <param name="KmsKey">The key that it was created with, or null.</param>
internal sealed record LogGroup(
    long Id,
    string Name,
    long Created,
    string Class,
    long? RetentionDays,
    long StoredBytes,
    string Tags,
    string? KmsKey
)
{
    /// <summary>The group's ARN, without the <c>:*</c> that older answers end it with.</summary>
    public string Arn => ArnOf(Name);

    public static string ArnOf(string name) => LocalArn.Of("logs", $"log-group:{name}");

    /// <summary>Returns the name in an identifier, which is a name, or an ARN with or without <c>:*</c>.</summary>
    public static string NameOf(string identifier) =>
        !Aws.Arns.Arn.TryParse(identifier, out var arn) || arn is not { Service: "logs", ResourceType: "log-group" }
            ? identifier
        : arn.ResourceId.EndsWith(":*", StringComparison.Ordinal) ? arn.ResourceId[..^2]
        : arn.ResourceId;

    public JsonObject Describe()
    {
        var group = new JsonObject
        {
            ["logGroupName"] = Name,
            ["creationTime"] = Created,
            ["metricFilterCount"] = 0,
            ["arn"] = Arn + ":*",
            ["storedBytes"] = StoredBytes,
            ["logGroupClass"] = Class,
            ["logGroupArn"] = Arn,
        };
        if (RetentionDays is { } days)
        {
            group["retentionInDays"] = days;
        }

        if (KmsKey is not null)
        {
            group["kmsKeyId"] = KmsKey;
        }

        return group;
    }
}
