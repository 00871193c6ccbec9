using System.Text.Json.Nodes;
using Plumbline.Aws.Client;
using Plumbline.Aws.Signing;

namespace Plumbline.LocalCloud.Tests;

/// <summary>Connects tests to their local cloud, like any client.</summary>
internal static class Connections
{
    /// <summary>Connects with the account's own keys, without retries.</summary>
    public static AwsConnection Connect(this RunningCloud cloud) =>
        AwsConnection.WithKeys(
            LocalCloudIdentity.Region,
            new SigningCredentials(cloud.Host.Keys.AccessKeyId, cloud.Host.Keys.SecretAccessKey, null),
            cloud.Host.Endpoint
        );

    public static JsonObject Json(string text) => JsonNode.Parse(text)!.AsObject();
}
