using System.Text.Json.Nodes;

namespace Plumbline.Aws.Client.Services;

// Written by tools/ApiModels from operations.txt.
/// <summary>IAM, an operation a method; inputs and outputs have AWS's names.</summary>
public sealed class IamClient(AwsConnection connection) : AwsClient(connection, "iam")
{
    /// <summary>AttachRolePolicy.</summary>
    public Task<JsonObject> AttachRolePolicyAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("AttachRolePolicy", input, cancellationToken);

    /// <summary>CreateRole.</summary>
    public Task<JsonObject> CreateRoleAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("CreateRole", input, cancellationToken);

    /// <summary>DeleteRole.</summary>
    public Task<JsonObject> DeleteRoleAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("DeleteRole", input, cancellationToken);

    /// <summary>DeleteRolePolicy.</summary>
    public Task<JsonObject> DeleteRolePolicyAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("DeleteRolePolicy", input, cancellationToken);

    /// <summary>DetachRolePolicy.</summary>
    public Task<JsonObject> DetachRolePolicyAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("DetachRolePolicy", input, cancellationToken);

    /// <summary>GetRole.</summary>
    public Task<JsonObject> GetRoleAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("GetRole", input, cancellationToken);

    /// <summary>GetRolePolicy.</summary>
    public Task<JsonObject> GetRolePolicyAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("GetRolePolicy", input, cancellationToken);

    /// <summary>ListAttachedRolePolicies.</summary>
    public Task<JsonObject> ListAttachedRolePoliciesAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("ListAttachedRolePolicies", input, cancellationToken);

    /// <summary>ListRolePolicies.</summary>
    public Task<JsonObject> ListRolePoliciesAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("ListRolePolicies", input, cancellationToken);

    /// <summary>ListRoleTags.</summary>
    public Task<JsonObject> ListRoleTagsAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("ListRoleTags", input, cancellationToken);

    /// <summary>ListRoles.</summary>
    public Task<JsonObject> ListRolesAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("ListRoles", input, cancellationToken);

    /// <summary>PutRolePolicy.</summary>
    public Task<JsonObject> PutRolePolicyAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("PutRolePolicy", input, cancellationToken);

    /// <summary>TagRole.</summary>
    public Task<JsonObject> TagRoleAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("TagRole", input, cancellationToken);

    /// <summary>UntagRole.</summary>
    public Task<JsonObject> UntagRoleAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("UntagRole", input, cancellationToken);

    /// <summary>UpdateAssumeRolePolicy.</summary>
    public Task<JsonObject> UpdateAssumeRolePolicyAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("UpdateAssumeRolePolicy", input, cancellationToken);

    /// <summary>UpdateRole.</summary>
    public Task<JsonObject> UpdateRoleAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("UpdateRole", input, cancellationToken);
}
