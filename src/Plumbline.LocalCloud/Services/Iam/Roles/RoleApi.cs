using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Identity;
using Plumbline.LocalCloud.Services.Iam.Policies;
using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Services.Iam.Roles;

internal sealed class RoleApi(RoleStore roles, CivilClock clock)
{
    private const int UsualSession = 3600;

    public async Task<JsonObject> CreateRole(AwsCall call)
    {
        var input = call.Input;
        var name = (string)input["RoleName"]!;
        var path = (string?)input["Path"] ?? "/";
        PolicyReader.Read((string)input["AssumeRolePolicyDocument"]!, PolicyKind.Trust);
        TagList.Check(
            input.Objects("Tags").Select(tag => tag.Text("Key")!),
            IamErrors.Invalid,
            _ => "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
            StringComparer.OrdinalIgnoreCase
        );
        var role = new JsonObject
        {
            ["Path"] = path,
            ["RoleName"] = name,
            ["RoleId"] = Caller.RoleId(name),
            ["Arn"] = $"arn:aws:iam::{LocalCloudIdentity.Account}:role{path}{name}",
            ["CreateDate"] = clock.GetUtcNow().ToUnixTimeSeconds(),
            ["AssumeRolePolicyDocument"] = (string)input["AssumeRolePolicyDocument"]!,
            ["MaxSessionDuration"] = input.Int("MaxSessionDuration") ?? UsualSession,
        };
        foreach (var kept in new[] { "Description", "Tags" })
        {
            if (input[kept] is { } value)
            {
                role[kept] = value.DeepClone();
            }
        }

        if ((string?)input["PermissionsBoundary"] is { } boundary)
        {
            role["PermissionsBoundary"] = new JsonObject
            {
                ["PermissionsBoundaryType"] = "Policy",
                ["PermissionsBoundaryArn"] = boundary,
            };
        }

        await roles.AddAsync(name, role);
        return new JsonObject { ["Role"] = Encoded(role) };
    }

    public Task<JsonObject> GetRole(AwsCall call) =>
        Task.FromResult(new JsonObject { ["Role"] = Encoded(roles.Find((string)call.Input["RoleName"]!)) });

    public Task<JsonObject> ListRoles(AwsCall call)
    {
        var prefix = (string?)call.Input["PathPrefix"] ?? "/";
        var found = roles.List().Where(role => ((string)role["Path"]!).StartsWith(prefix, StringComparison.Ordinal));
        return Task.FromResult(
            IamPage.Write(
                [],
                "Roles",
                call.Input,
                found.Select(role => ((string)role["RoleName"]!, (JsonNode)Listed(role)))
            )
        );
    }

    public async Task<JsonObject> UpdateAssumeRolePolicy(AwsCall call)
    {
        var document = (string)call.Input["PolicyDocument"]!;
        PolicyReader.Read(document, PolicyKind.Trust);
        await roles.ChangeAsync((string)call.Input["RoleName"]!, role => role["AssumeRolePolicyDocument"] = document);
        return [];
    }

    public async Task<JsonObject> DeleteRole(AwsCall call)
    {
        await roles.RemoveAsync((string)call.Input["RoleName"]!);
        return [];
    }

    /// <summary>A role as answers show it: with percent-encoded policies.</summary>
    private static JsonObject Encoded(JsonObject role)
    {
        var answered = role.DeepClone().AsObject();
        answered["AssumeRolePolicyDocument"] = PercentEncoding.Encode((string)role["AssumeRolePolicyDocument"]!);
        return answered;
    }

    /// <summary>Lists leave out the tags.</summary>
    private static JsonObject Listed(JsonObject role)
    {
        var listed = Encoded(role);
        listed.Remove("Tags");
        return listed;
    }
}
