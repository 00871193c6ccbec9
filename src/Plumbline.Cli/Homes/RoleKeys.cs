using System.Text.Json.Nodes;
using Plumbline.Aws.Arns;
using Plumbline.Aws.Client;
using Plumbline.Aws.Client.Services;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Views.Iam;
using Plumbline.Aws.Views.Sts;
using Plumbline.LocalCloud;
using Plumbline.Records;

namespace Plumbline.Cli.Homes;

/// <summary>Keys of a role in the local cloud, for programs that ask which role they run under.</summary>
internal static class RoleKeys
{
    private const int Longest = 43200;

    private const string Account = $"arn:aws:iam::{LocalCloudIdentity.Account}:root";

    private const string Trust = $$"""
        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"{{Account}}","Service":"sagemaker.amazonaws.com"},"Action":"sts:AssumeRole"}]}
        """;

    private const string Everything = """
        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}
        """;

    /// <summary>Assumes a role for its longest session; creates a missing one with all rights, and says so.</summary>
    /// <param name="connection">Signed with the root's keys.</param>
    /// <param name="role">A name, or an ARN with its path.</param>
    /// <returns>AWS's Credentials: AccessKeyId, SecretAccessKey, SessionToken, Expiration.</returns>
    public static async Task<Credentials> OfAsync(
        AwsConnection connection,
        string role,
        CancellationToken cancellationToken
    )
    {
        var found = await FindOrMakeAsync(new IamClient(connection), role, cancellationToken);
        try
        {
            var assumed = await new StsClient(connection).AssumeRoleAsync(
                new JsonObject
                {
                    ["RoleArn"] = found.Arn,
                    ["RoleSessionName"] = "SageMaker",
                    ["DurationSeconds"] = found.MaxSessionDuration,
                },
                cancellationToken
            );
            return assumed.Credentials;
        }
        catch (AwsException refused) when (refused.Code == "AccessDenied")
        {
            throw new UserError(
                "--role",
                $"the trust policy of {found.Arn} does not name this account: add {{\"AWS\": \"{Account}\"}} to its Principal with aws iam update-assume-role-policy."
            );
        }
    }

    private static async Task<Role> FindOrMakeAsync(IamClient iam, string role, CancellationToken cancellationToken)
    {
        // arn:aws:iam::000000000000:role/path/name
        var path = $"/{Arn.IdOf(role)}";
        var name = Arn.RoleNameOf(path);
        try
        {
            var named = new JsonObject { ["RoleName"] = name };
            var answer = await iam.GetRoleAsync(named, cancellationToken);
            var inline = await iam.ListRolePoliciesAsync(named, cancellationToken);
            var attached = await iam.ListAttachedRolePoliciesAsync(named, cancellationToken);
            if (!inline.PolicyNames.Any() && !attached.AttachedPolicies.Any())
            {
                await Console.Error.WriteLineAsync(
                    $"the role {name} has no policy, so its keys may do nothing: give it one with aws iam put-role-policy"
                );
            }

            return answer.Role;
        }
        catch (AwsException missing) when (missing.Code == "NoSuchEntity")
        {
            var made = await iam.CreateRoleAsync(
                new JsonObject
                {
                    ["RoleName"] = name,
                    ["Path"] = path[..(path.LastIndexOf('/') + 1)],
                    ["AssumeRolePolicyDocument"] = Trust.Trim(),
                    ["MaxSessionDuration"] = Longest,
                },
                cancellationToken
            );
            await iam.PutRolePolicyAsync(
                new JsonObject
                {
                    ["RoleName"] = name,
                    ["PolicyName"] = "everything",
                    ["PolicyDocument"] = Everything.Trim(),
                },
                cancellationToken
            );
            await Console.Error.WriteLineAsync(
                $"created the role {made.Role.Arn}, which may do everything until its policy \"everything\" is replaced"
            );
            return made.Role;
        }
    }
}
