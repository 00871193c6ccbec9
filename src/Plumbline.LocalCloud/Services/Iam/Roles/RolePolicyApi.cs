using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Views.Iam;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Services.Iam.Policies;

namespace Plumbline.LocalCloud.Services.Iam.Roles;

/// <summary>The inline policies of a role.</summary>
internal sealed class RolePolicyApi(RoleStore roles)
{
    public async Task<JsonObject> PutRolePolicy(AwsCall call)
    {
        var request = new PutRolePolicyRequest(call.Input);
        PolicyReader.Read(request.PolicyDocument);
        await roles.PutPolicyAsync(request.RoleName, request.PolicyName, request.PolicyDocument);
        return [];
    }

    public Task<JsonObject> GetRolePolicy(AwsCall call)
    {
        var request = new GetRolePolicyRequest(call.Input);
        return Task.FromResult(
            new JsonObject
            {
                ["RoleName"] = request.RoleName,
                ["PolicyName"] = request.PolicyName,
                ["PolicyDocument"] = PercentEncoding.Encode(roles.FindPolicy(request.RoleName, request.PolicyName)),
            }
        );
    }

    public Task<JsonObject> ListRolePolicies(AwsCall call) =>
        Task.FromResult(
            IamPage.Write(
                [],
                "PolicyNames",
                call.Input,
                roles
                    .ListPolicies(new ListRolePoliciesRequest(call.Input).RoleName)
                    .Select(name => (name, (JsonNode)name))
            )
        );

    public async Task<JsonObject> DeleteRolePolicy(AwsCall call)
    {
        var request = new DeleteRolePolicyRequest(call.Input);
        await roles.RemovePolicyAsync(request.RoleName, request.PolicyName);
        return [];
    }
}
