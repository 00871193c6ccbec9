using System.Text.Json.Nodes;

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

    public static string ArnOf(string name) =>
        $"arn:aws:logs:{LocalCloudIdentity.Region}:{LocalCloudIdentity.Account}:log-group:{name}";

    /// <summary>Returns the name in an identifier, which is a name or an ARN.</summary>
    public static string NameOf(string identifier)
    {
        const string mark = ":log-group:";
        var at = identifier.IndexOf(mark, StringComparison.Ordinal);
        var name = at < 0 ? identifier : identifier[(at + mark.Length)..];
        return name.EndsWith(":*", StringComparison.Ordinal) ? name[..^2] : name;
    }

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
