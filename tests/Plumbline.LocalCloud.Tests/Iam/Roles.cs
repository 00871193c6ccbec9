using System.Text.Json.Nodes;
using Plumbline.Aws.Errors;

namespace Plumbline.LocalCloud.Tests.Iam;

/// <summary>Makes roles with one policy over the wire, in any cloud.</summary>
/// <param name="callAsync">Service, operation and input.</param>
internal sealed class Roles(Func<string, string, object, Task<JsonObject>> callAsync)
{
    public static string Arn(string role) => $"arn:aws:iam::000000000000:role/{role}";

    /// <summary>Makes the role if it is missing, and replaces its policy.</summary>
    /// <param name="role">The role's name.</param>
    /// <param name="statements">The policy's statements, without brackets.</param>
    /// <returns>The role's ARN.</returns>
    public async Task<string> PutAsync(string role, string statements)
    {
        try
        {
            await callAsync("iam", "CreateRole", new { RoleName = role, AssumeRolePolicyDocument = RoleSession.Trust });
        }
        catch (AwsException exists) when (exists.Code == "EntityAlreadyExists")
        {
            // The role exists from an earlier call.
        }

        await callAsync(
            "iam",
            "PutRolePolicy",
            new
            {
                RoleName = role,
                PolicyName = "p",
                PolicyDocument = $$"""{"Version":"2012-10-17","Statement":[{{statements}}]}""",
            }
        );
        return Arn(role);
    }

    /// <summary>A role that is allowed these actions on every resource.</summary>
    public Task<string> AllowAsync(string role, params string[] actions) =>
        PutAsync(role, Statement("Action", actions));

    /// <summary>A role that is allowed every action except these.</summary>
    public Task<string> AllowAllButAsync(string role, params string[] actions) =>
        PutAsync(role, Statement("NotAction", actions));

    private static string Statement(string element, string[] actions)
    {
        var list = string.Join(',', actions.Select(action => $"\"{action}\""));
        return $$"""{"Effect":"Allow","{{element}}":[{{list}}],"Resource":"*"}""";
    }
}
