using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Gateway.Credentials;
using Plumbline.LocalCloud.Processes.Specs;

namespace Plumbline.LocalCloud.Processes.Jobs;

/// <summary>
/// The environment with which a program finds AWS, that is this local cloud, and calls it with its role.
/// </summary>
internal sealed class JobEnvironment(LocalCloudOptions options, ServerEndpoint server, CredentialStore credentials)
{
    /// <summary>Lets a process fetch keys of a role, until <see cref="EndAsync"/>.</summary>
    public Task<CredentialGrant> GrantAsync(string roleArn, string sessionName) =>
        credentials.GrantAsync(roleArn, sessionName);

    public Task EndAsync(string grantId) => credentials.RevokeAsync(grantId);

    /// <summary>The network of a job or a model server.</summary>
    /// <param name="isIsolated">True if it asked for network isolation.</param>
    /// <param name="cancellationToken">Cancels the wait for the server to listen.</param>
    public async Task<ProcessNetwork> NetworkAsync(bool isIsolated, CancellationToken cancellationToken) =>
        isIsolated
            ? ProcessNetwork.None
            : ProcessNetwork.Of(options.Internet, Internet.Everyone, await PortAsync(cancellationToken));

    /// <summary>The network of a program that reaches only the local cloud.</summary>
    public async Task<ProcessNetwork> GatewayAsync(CancellationToken cancellationToken) =>
        ProcessNetwork.ToGateway(await PortAsync(cancellationToken));

    /// <summary>
    /// The variables of every program on this machine, and those that lead to AWS; the caller adds its own.
    /// </summary>
    /// <param name="grant">The role's grant; null for a program without a network.</param>
    /// <param name="cancellationToken">Cancels the wait for the server to listen.</param>
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
