using System.Text.Json.Nodes;
using Plumbline.Aws.Views.Iam;

namespace Plumbline.Aws.Client.Services;

// Written by tools/ApiModels from the views folder.
/// <summary>The items of IAM's lists, page after page.</summary>
public static class IamPages
{
    public static IAsyncEnumerable<AttachedPolicy> ListAttachedRolePoliciesPagedAsync(
        this IamClient client,
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) =>
        client.PageAsync(
            "ListAttachedRolePolicies",
            input,
            page => new ListAttachedRolePoliciesResponse(page).AttachedPolicies,
            cancellationToken
        );
}
