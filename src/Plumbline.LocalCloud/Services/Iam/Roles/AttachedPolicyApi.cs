using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Plumbline.Aws.Arns;
using Plumbline.Aws.Views.Iam;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Services.Iam.ManagedPolicies;

namespace Plumbline.LocalCloud.Services.Iam.Roles;

/// <summary>The managed policies that a role has.</summary>
internal sealed class AttachedPolicyApi(RoleStore roles, ILogger<AttachedPolicyApi> log)
{
    public async Task<JsonObject> AttachRolePolicy(AwsCall call)
    {
        var request = new AttachRolePolicyRequest(call.Input);
        var (role, policy) = (request.RoleName, request.PolicyArn);
        await roles.AttachAsync(role, policy);
        if (AwsPolicies.IsOne(policy))
        {
            if (AwsPolicies.Document(policy) is null)
            {
                Log.PolicyIsUnknown(log, policy, role);
            }
            else
            {
                Log.PolicyIsShortened(log, policy, role);
            }
        }

        return [];
    }

    public async Task<JsonObject> DetachRolePolicy(AwsCall call)
    {
        var request = new DetachRolePolicyRequest(call.Input);
        await roles.DetachAsync(request.RoleName, request.PolicyArn);
        return [];
    }

    public Task<JsonObject> ListAttachedRolePolicies(AwsCall call) =>
        Task.FromResult(
            IamPage.Write(
                [],
                "AttachedPolicies",
                call.Input,
                roles
                    .ListAttached(new ListAttachedRolePoliciesRequest(call.Input).RoleName)
                    .Select(arn =>
                        (arn, (JsonNode)new JsonObject { ["PolicyName"] = Arn.NameOf(arn), ["PolicyArn"] = arn })
                    )
            )
        );
}
