using Plumbline.Aws.Models;
using Plumbline.LocalCloud.Services.Iam.Authorization.Actions;

namespace Plumbline.LocalCloud.Services.Iam.Authorization;

/// <summary>
/// The rights that each served operation requires, after AWS's service authorization reference. An operation without a
/// row is refused to every role.
/// </summary>
internal static class AccessTable
{
    /// <summary>The rows of each service by its id, with the prefix of its actions in policies.</summary>
    private static readonly Dictionary<string, (string Prefix, IReadOnlyDictionary<string, Access[]> Rows)> Services =
        new()
        {
            ["s3"] = ("s3", S3Access.Rows),
            ["sagemaker"] = ("sagemaker", SageMakerAccess.Rows),
            ["sagemaker-runtime"] = ("sagemaker", SageMakerAccess.Rows),
            ["monitoring"] = ("cloudwatch", CloudWatchAccess.Rows),
            ["logs"] = ("logs", CloudWatchAccess.LogRows),
            ["events"] = ("events", OtherAccess.Events),
            ["sns"] = ("sns", OtherAccess.Sns),
            ["codebuild"] = ("codebuild", OtherAccess.CodeBuild),
            ["codecommit"] = ("codecommit", OtherAccess.CodeCommit),
            ["iam"] = ("iam", OtherAccess.Iam),
            ["sts"] = ("sts", OtherAccess.Sts),
        };

    private static readonly Dictionary<(string Service, string Operation), Access[]> Rows = (
        from service in Services
        from row in service.Value.Rows
        select (
            Key: (service.Key, row.Key),
            Value: row.Value.Select(access => access.As(access.Action ?? $"{service.Value.Prefix}:{row.Key}")).ToArray()
        )
    ).ToDictionary(row => row.Key, row => row.Value);

    /// <summary>
    /// Returns the rights that an operation requires, each with its action; null if the table lacks it.
    /// </summary>
    public static IReadOnlyList<Access>? Of(Operation operation) =>
        Rows.GetValueOrDefault((operation.Service.Id, operation.Name));

    /// <summary>Returns the prefix that policies use for an operation's service.</summary>
    public static string Prefix(Operation operation) =>
        Services.TryGetValue(operation.Service.Id, out var service) ? service.Prefix : operation.Service.Id;
}
