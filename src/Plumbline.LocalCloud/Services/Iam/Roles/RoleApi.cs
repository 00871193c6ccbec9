using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Views.Iam;
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
        var request = new CreateRoleRequest(call.Input);
        var name = request.RoleName;
        var path = request.Path ?? "/";
        PolicyReader.Read(request.AssumeRolePolicyDocument, PolicyKind.Trust);
        TagList.Check(
            request.Tags.Select(tag => tag.Key),
            IamErrors.Invalid,
            _ => "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
            StringComparer.OrdinalIgnoreCase
        );
        var role = new JsonObject
        {
            ["Path"] = path,
            ["RoleName"] = name,
            ["RoleId"] = Caller.RoleId(name),
            ["Arn"] = LocalArn.OfIam($"role{path}{name}"),
            ["CreateDate"] = clock.GetUtcNow().ToUnixTimeSeconds(),
            ["AssumeRolePolicyDocument"] = request.AssumeRolePolicyDocument,
            ["MaxSessionDuration"] = request.MaxSessionDuration ?? UsualSession,
        };
        foreach (var kept in new[] { "Description", "Tags" })
        {
            if (call.Input[kept] is { } value)
            {
                role[kept] = value.DeepClone();
            }
        }

        if (request.PermissionsBoundary is { } boundary)
        {
            role["PermissionsBoundary"] = new JsonObject
            {
                ["PermissionsBoundaryType"] = "Policy",
                ["PermissionsBoundaryArn"] = boundary,
            };
        }

        await roles.AddAsync(name, role);
        return new JsonObject { ["Role"] = Encoded(new Role(role)) };
    }

    public Task<JsonObject> GetRole(AwsCall call) =>
        Task.FromResult(new JsonObject { ["Role"] = Encoded(roles.Find(new GetRoleRequest(call.Input).RoleName)) });

    public Task<JsonObject> ListRoles(AwsCall call)
    {
        var prefix = new ListRolesRequest(call.Input).PathPrefix ?? "/";
        var found = roles.List().Where(role => role.Path.StartsWith(prefix, StringComparison.Ordinal));
        return Task.FromResult(
            IamPage.Write([], "Roles", call.Input, found.Select(role => (role.RoleName, (JsonNode)Listed(role))))
        );
    }

    public async Task<JsonObject> UpdateAssumeRolePolicy(AwsCall call)
    {
        var request = new UpdateAssumeRolePolicyRequest(call.Input);
        var document = request.PolicyDocument;
        PolicyReader.Read(document, PolicyKind.Trust);
        await roles.ChangeAsync(request.RoleName, role => role["AssumeRolePolicyDocument"] = document);
        return [];
    }

    public async Task<JsonObject> DeleteRole(AwsCall call)
    {
        await roles.RemoveAsync(new DeleteRoleRequest(call.Input).RoleName);
        return [];
    }

    /// <summary>A role as answers show it: with percent-encoded policies.</summary>
    private static JsonObject Encoded(Role role)
    {
        var answered = role.Tree.DeepClone().AsObject();
        answered["AssumeRolePolicyDocument"] = PercentEncoding.Encode(role.AssumeRolePolicyDocument);
        return answered;
    }

    /// <summary>Lists leave out the tags.</summary>
    private static JsonObject Listed(Role role)
    {
        var listed = Encoded(role);
        listed.Remove("Tags");
        return listed;
    }
}
