using System.Text.Json.Nodes;
using Plumbline.Aws.Views.Iam;

namespace Plumbline.Aws.Client.Services;

// Written by tools/ApiModels from operations.txt and the views folder.
/// <summary>IAM: one method for each operation; inputs and outputs have AWS's member names.</summary>
public sealed class IamClient(AwsConnection connection) : AwsClient(connection, "iam")
{
    public Task<JsonObject> AttachRolePolicyAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("AttachRolePolicy", input, cancellationToken);

    public Task<JsonObject> CreatePolicyAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("CreatePolicy", input, cancellationToken);

    public Task<JsonObject> CreatePolicyVersionAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("CreatePolicyVersion", input, cancellationToken);

    public async Task<CreateRoleResponse> CreateRoleAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => new(await CallAsync("CreateRole", input, cancellationToken));

    public Task<JsonObject> DeletePolicyAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("DeletePolicy", input, cancellationToken);

    public Task<JsonObject> DeletePolicyVersionAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("DeletePolicyVersion", input, cancellationToken);

    public Task<JsonObject> DeleteRoleAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("DeleteRole", input, cancellationToken);

    public Task<JsonObject> DeleteRolePolicyAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("DeleteRolePolicy", input, cancellationToken);

    public Task<JsonObject> DetachRolePolicyAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("DetachRolePolicy", input, cancellationToken);

    public Task<JsonObject> GetPolicyAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("GetPolicy", input, cancellationToken);

    public Task<JsonObject> GetPolicyVersionAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("GetPolicyVersion", input, cancellationToken);

    public async Task<GetRoleResponse> GetRoleAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => new(await CallAsync("GetRole", input, cancellationToken));

    public async Task<GetRolePolicyResponse> GetRolePolicyAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => new(await CallAsync("GetRolePolicy", input, cancellationToken));

    public async Task<ListAttachedRolePoliciesResponse> ListAttachedRolePoliciesAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => new(await CallAsync("ListAttachedRolePolicies", input, cancellationToken));

    public Task<JsonObject> ListPoliciesAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("ListPolicies", input, cancellationToken);

    public Task<JsonObject> ListPolicyVersionsAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("ListPolicyVersions", input, cancellationToken);

    public async Task<ListRolePoliciesResponse> ListRolePoliciesAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => new(await CallAsync("ListRolePolicies", input, cancellationToken));

    public Task<JsonObject> ListRoleTagsAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("ListRoleTags", input, cancellationToken);

    public Task<JsonObject> ListRolesAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("ListRoles", input, cancellationToken);

    public Task<JsonObject> PutRolePolicyAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("PutRolePolicy", input, cancellationToken);

    public Task<JsonObject> SetDefaultPolicyVersionAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("SetDefaultPolicyVersion", input, cancellationToken);

    public Task<JsonObject> TagRoleAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("TagRole", input, cancellationToken);

    public Task<JsonObject> UntagRoleAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("UntagRole", input, cancellationToken);

    public Task<JsonObject> UpdateAssumeRolePolicyAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("UpdateAssumeRolePolicy", input, cancellationToken);

    public Task<JsonObject> UpdateRoleAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("UpdateRole", input, cancellationToken);
}
