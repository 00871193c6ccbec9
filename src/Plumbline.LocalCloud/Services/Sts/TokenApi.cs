using System.Text.Json.Nodes;
using Plumbline.Aws.Arns;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Views.Iam;
using Plumbline.Aws.Views.Sts;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Gateway.Credentials;
using Plumbline.LocalCloud.Identity;

namespace Plumbline.LocalCloud.Services.Sts;

/// <summary>The identity of a caller, and temporary keys of a role.</summary>
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
        var request = new AssumeRoleRequest(call.Input);
        var role = await RoleAsync(request.RoleArn, call);
        var seconds = request.DurationSeconds ?? UsualSession;
        if (seconds > role.MaxSessionDuration)
        {
            throw new AwsException(
                "ValidationError",
                400,
                "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."
            );
        }

        var keys = await credentials.IssueAsync(
            request.RoleArn,
            request.RoleSessionName,
            TimeSpan.FromSeconds(seconds)
        );
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
            ["SourceIdentity"] = request.SourceIdentity,
        };
    }

    /// <summary>Returns the role; its trust policy has already allowed the caller to assume it.</summary>
    private async Task<Role> RoleAsync(string roleArn, AwsCall call)
    {
        try
        {
            var answer = await dispatcher.CallAsync(
                "iam",
                "GetRole",
                new JsonObject { ["RoleName"] = Arn.RoleNameOf(roleArn) },
                Caller.Root,
                call.Aborted
            );
            return new GetRoleResponse(answer).Role;
        }
        catch (AwsException error) when (error.Code is "NoSuchEntity" or "ValidationError")
        {
            // The role was removed meanwhile.
            throw new AwsException(
                "AccessDenied",
                403,
                $"User: {call.Caller.Arn} is not authorized to perform: sts:AssumeRole on resource: {roleArn}"
            );
        }
    }
}
