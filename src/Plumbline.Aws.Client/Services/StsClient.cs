using System.Text.Json.Nodes;
using Plumbline.Aws.Views.Sts;

namespace Plumbline.Aws.Client.Services;

// Written by tools/ApiModels from operations.txt and the views folder.
/// <summary>STS: one method for each operation; inputs and outputs have AWS's member names.</summary>
public sealed class StsClient(AwsConnection connection) : AwsClient(connection, "sts")
{
    public async Task<AssumeRoleResponse> AssumeRoleAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => new(await CallAsync("AssumeRole", input, cancellationToken));

    public async Task<GetCallerIdentityResponse> GetCallerIdentityAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => new(await CallAsync("GetCallerIdentity", input, cancellationToken));

    public Task<JsonObject> GetSessionTokenAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("GetSessionToken", input, cancellationToken);
}
