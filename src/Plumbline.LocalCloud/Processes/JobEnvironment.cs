using Plumbline.LocalCloud.Gateway.Credentials;
using Plumbline.LocalCloud.Processes.Networking;

namespace Plumbline.LocalCloud.Processes;

/// <summary>
/// The environment by which a program finds AWS, that is this local cloud, and calls it in the name of its role.
/// </summary>
public sealed class JobEnvironment(LocalCloudOptions options, ServerEndpoint server, CredentialStore credentials)
{
    /// <summary>Grants a role to a process; <see cref="EndAsync"/> takes it back.</summary>
    public Task<CredentialGrant> GrantAsync(string roleArn, string sessionName) =>
        credentials.GrantAsync(roleArn, sessionName);

    /// <summary>Takes a grant back.</summary>
    public Task EndAsync(string grantId) => credentials.RevokeAsync(grantId);

    /// <summary>The network of a job or a model server.</summary>
    /// <param name="isIsolated">True where it asked for none.</param>
    /// <param name="cancellationToken">Gives up waiting for the server to listen.</param>
    public async Task<ProcessNetwork> NetworkAsync(bool isIsolated, CancellationToken cancellationToken) =>
        isIsolated
            ? ProcessNetwork.None
            : ProcessNetwork.Of(options.Internet, Internet.Everyone, await PortAsync(cancellationToken));

    /// <summary>The network of a program that reaches the local cloud, and nothing else.</summary>
    public async Task<ProcessNetwork> GatewayAsync(CancellationToken cancellationToken) =>
        ProcessNetwork.ToGateway(await PortAsync(cancellationToken));

    /// <summary>The variables that this machine gives every program, and the way to AWS; the caller adds its own.</summary>
    /// <param name="grant">The role's grant; null for a program without a network.</param>
    /// <param name="cancellationToken">Gives up waiting for the server to listen.</param>
    public async Task<Dictionary<string, string>> VariablesAsync(
        CredentialGrant? grant,
        CancellationToken cancellationToken
    )
    {
        var variables = HostEnvironment.Variables();
        variables["AWS_REGION"] = LocalCloudIdentity.Region;
        variables["AWS_DEFAULT_REGION"] = LocalCloudIdentity.Region;
        variables["AWS_EC2_METADATA_DISABLED"] = "true";
        if (grant is not null)
        {
            var endpoint = await server.WaitAsync(cancellationToken);
            variables["AWS_ENDPOINT_URL"] = endpoint.GetLeftPart(UriPartial.Authority);
            variables["S3_ENDPOINT_URL"] = endpoint.GetLeftPart(UriPartial.Authority);
            foreach (var (name, value) in ContainerCredentials.Environment(endpoint, grant))
            {
                variables[name] = value;
            }
        }

        return variables;
    }

    private async Task<int> PortAsync(CancellationToken cancellationToken) =>
        (await server.WaitAsync(cancellationToken)).Port;
}
