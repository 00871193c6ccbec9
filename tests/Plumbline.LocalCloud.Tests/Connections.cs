using System.Text.Json.Nodes;
using Plumbline.Aws.Client;
using Plumbline.Aws.Signing;

namespace Plumbline.LocalCloud.Tests;

/// <summary>How tests speak to their local cloud: as any client does.</summary>
internal static class Connections
{
    /// <summary>A connection with the account's own keys, that does not retry.</summary>
    public static AwsConnection Connect(this RunningCloud cloud) =>
        AwsConnection.WithKeys(
            LocalCloudIdentity.Region,
            new SigningCredentials(cloud.Host.Keys.AccessKeyId, cloud.Host.Keys.SecretAccessKey, null),
            cloud.Host.Endpoint
        );

    /// <summary>A tree from JSON text.</summary>
    public static JsonObject Json(string text) => JsonNode.Parse(text)!.AsObject();
}
