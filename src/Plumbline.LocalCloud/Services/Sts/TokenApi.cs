using System.Text.Json.Nodes;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Gateway.Credentials;

namespace Plumbline.LocalCloud.Services.Sts;

/// <summary>The identity of a caller, and keys of another one for a while.</summary>
internal sealed class TokenApi(CredentialStore credentials, Dispatcher dispatcher)
{
    private const int UsualSession = 3600;

    public Task<JsonObject> GetCallerIdentity(AwsCall call) =>
        Task.FromResult(
            new JsonObject
            {
                ["UserId"] = call.Caller.UserId,
                ["Account"] = LocalCloudIdentity.Account,
                ["Arn"] = call.Caller.Arn,
            }
        );

    public async Task<JsonObject> AssumeRole(AwsCall call)
    {
        var roleArn = (string)call.Input["RoleArn"]!;
        var session = (string)call.Input["RoleSessionName"]!;
        var role = await RoleAsync(roleArn, call);
        var seconds = call.Input.Int("DurationSeconds") ?? UsualSession;
        if (seconds > role.Int("MaxSessionDuration"))
        {
            throw new AwsException(
                "ValidationError",
                400,
                "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."
            );
        }

        var keys = await credentials.IssueAsync(roleArn, session, TimeSpan.FromSeconds(seconds));
        return new JsonObject
        {
            ["Credentials"] = new JsonObject
            {
                ["AccessKeyId"] = keys.AccessKeyId,
                ["SecretAccessKey"] = keys.SecretAccessKey,
                ["SessionToken"] = keys.SessionToken,
                ["Expiration"] = keys.Expiration!.Value.ToUnixTimeSeconds(),
            },
            ["AssumedRoleUser"] = new JsonObject { ["AssumedRoleId"] = keys.Caller.UserId, ["Arn"] = keys.Caller.Arn },
            ["SourceIdentity"] = (string?)call.Input["SourceIdentity"],
        };
    }

    private async Task<JsonObject> RoleAsync(string roleArn, AwsCall call)
    {
        try
        {
            var answer = await dispatcher.CallAsync(
                "iam",
                "GetRole",
                new JsonObject { ["RoleName"] = roleArn[(roleArn.LastIndexOf('/') + 1)..] },
                Caller.Root,
                call.Aborted
            );
            var role = answer["Role"]!.AsObject();
            return (string?)role["Arn"] == roleArn ? role : throw Denied(roleArn, call.Caller);
        }
        catch (AwsException error) when (error.Code is "NoSuchEntity" or "ValidationError")
        {
            throw Denied(roleArn, call.Caller);
        }
    }

    /// <summary>AWS's answer for a role that is not there: a caller who may not assume it learns no more.</summary>
    private static AwsException Denied(string roleArn, Caller caller) =>
        new(
            "AccessDenied",
            403,
            $"User: {caller.Arn} is not authorized to perform: sts:AssumeRole on resource: {roleArn}"
        );
}
