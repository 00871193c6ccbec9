using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Services.Iam.Policies;

namespace Plumbline.LocalCloud.Services.Iam.Roles;

/// <summary>The inline policies of a role.</summary>
internal sealed class RolePolicyApi(RoleStore roles)
{
    public async Task<JsonObject> PutRolePolicy(AwsCall call)
    {
        var document = (string)call.Input["PolicyDocument"]!;
        PolicyReader.Read(document);
        await roles.PutPolicyAsync(Role(call), Policy(call), document);
        return [];
    }

    public Task<JsonObject> GetRolePolicy(AwsCall call) =>
        Task.FromResult(
            new JsonObject
            {
                ["RoleName"] = Role(call),
                ["PolicyName"] = Policy(call),
                ["PolicyDocument"] = PercentEncoding.Encode(roles.FindPolicy(Role(call), Policy(call))),
            }
        );

    public Task<JsonObject> ListRolePolicies(AwsCall call) =>
        Task.FromResult(
            IamPage.Write(
                [],
                "PolicyNames",
                call.Input,
                roles.ListPolicies(Role(call)).Select(name => (name, (JsonNode)name))
            )
        );

    public async Task<JsonObject> DeleteRolePolicy(AwsCall call)
    {
        await roles.RemovePolicyAsync(Role(call), Policy(call));
        return [];
    }

    private static string Role(AwsCall call) => (string)call.Input["RoleName"]!;

    private static string Policy(AwsCall call) => (string)call.Input["PolicyName"]!;
}
