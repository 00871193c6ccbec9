using System.Text.Json.Nodes;

namespace Plumbline.Aws.Client.Services;

// Written by tools/ApiModels from operations.txt.
/// <summary>STS: one method for each operation; inputs and outputs have AWS's member names.</summary>
public sealed class StsClient(AwsConnection connection) : AwsClient(connection, "sts")
{
    public Task<JsonObject> AssumeRoleAsync(JsonObject? input = null, CancellationToken cancellationToken = default) =>
        CallAsync("AssumeRole", input, cancellationToken);

    public Task<JsonObject> GetCallerIdentityAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("GetCallerIdentity", input, cancellationToken);

    public Task<JsonObject> GetSessionTokenAsync(
        JsonObject? input = null,
        CancellationToken cancellationToken = default
    ) => CallAsync("GetSessionToken", input, cancellationToken);
}
