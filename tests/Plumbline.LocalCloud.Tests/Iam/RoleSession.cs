using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Aws.Client;
using Plumbline.Aws.Signing;
using Plumbline.LocalCloud.Gateway.Credentials;

namespace Plumbline.LocalCloud.Tests.Iam;

/// <summary>Keys of a role with one policy, as a job has them.</summary>
internal static class RoleSession
{
    /// <summary>A trust policy of the account and of the services that roles are handed to.</summary>
    public const string Trust = """
        {"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::000000000000:root",
        "Service":["sagemaker.amazonaws.com","codebuild.amazonaws.com","events.amazonaws.com"]},"Action":"sts:AssumeRole"}}
        """;

    /// <summary>Makes the role and gives its keys.</summary>
    /// <param name="cloud">Where.</param>
    /// <param name="role">The role's name.</param>
    /// <param name="statements">The policy's statements, without brackets.</param>
    public static async Task<KeyPair> OfAsync(this RunningCloud cloud, string role, string statements)
    {
        await new Roles(cloud.CallAsync).PutAsync(role, statements);
        return await cloud.IssueAsync(role);
    }

    /// <summary>Keys of a role, whether it is there or not.</summary>
    public static Task<KeyPair> IssueAsync(this RunningCloud cloud, string role) =>
        cloud
            .Host.Services.GetRequiredService<CredentialStore>()
            .IssueAsync($"arn:aws:iam::000000000000:role/{role}", "job", TimeSpan.FromHours(1));

    /// <summary>A connection with the keys.</summary>
    public static AwsConnection Connect(this RunningCloud cloud, KeyPair keys) =>
        AwsConnection.WithKeys(
            LocalCloudIdentity.Region,
            new SigningCredentials(keys.AccessKeyId, keys.SecretAccessKey, keys.SessionToken),
            cloud.Host.Endpoint
        );

    /// <summary>A tree of an anonymous object in AWS's member names.</summary>
    public static JsonObject Tree(object input) => JsonSerializer.SerializeToNode(input)!.AsObject();
}
