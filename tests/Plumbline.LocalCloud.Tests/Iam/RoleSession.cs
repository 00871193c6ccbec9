using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Aws.Client;
using Plumbline.Aws.Signing;
using Plumbline.LocalCloud.Gateway.Credentials;
using Plumbline.LocalCloud.Identity;

namespace Plumbline.LocalCloud.Tests.Iam;

/// <summary>The keys of a role with one policy, like a job's keys.</summary>
internal static class RoleSession
{
    /// <summary>A trust policy for the account and for the services that use roles.</summary>
    public const string Trust = """
        {"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::000000000000:root",
        "Service":["sagemaker.amazonaws.com","codebuild.amazonaws.com","events.amazonaws.com"]},"Action":"sts:AssumeRole"}}
        """;

    /// <summary>Makes the role and returns its keys.</summary>
    /// <param name="role">The role's name.</param>
    /// <param name="statements">The policy's statements, without brackets.</param>
    public static async Task<KeyPair> OfAsync(this RunningCloud cloud, string role, string statements)
    {
        await new Roles(cloud.CallAsync).PutAsync(role, statements);
        return await cloud.IssueAsync(role);
    }

    /// <summary>Returns keys of a role, even if the role does not exist.</summary>
    public static Task<KeyPair> IssueAsync(this RunningCloud cloud, string role) =>
        cloud
            .Host.Services.GetRequiredService<CredentialStore>()
            .IssueAsync($"arn:aws:iam::000000000000:role/{role}", "job", TimeSpan.FromHours(1));

    public static AwsConnection Connect(this RunningCloud cloud, KeyPair keys) =>
        AwsConnection.WithKeys(
            LocalCloudIdentity.Region,
            new SigningCredentials(keys.AccessKeyId, keys.SecretAccessKey, keys.SessionToken),
            cloud.Host.Endpoint
        );

    /// <summary>Converts an anonymous object with AWS's member names to a tree.</summary>
    public static JsonObject Tree(object input) => JsonSerializer.SerializeToNode(input)!.AsObject();
}
