using Microsoft.Extensions.DependencyInjection;
using Plumbline.LocalCloud.Gateway.Connections;
using Plumbline.LocalCloud.Gateway.Credentials;

namespace Plumbline.LocalCloud.Gateway;

internal static class GatewayService
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton(provider => new ConnectionTable(
            provider.GetRequiredService<LocalCloudOptions>().MostConnections
        ));
        services.AddHostedService<Draining>();
        services.AddSingleton<CredentialStore>();
        services.AddSingleton<Authentication>();
        services.AddSingleton<OperationTable>();
        services.AddSingleton<Dispatcher>();
        services.AddSingleton<RequestEntry>();
        services.AddSingleton<ContainerCredentials>();
        services.AddSingleton<ClockPath>();
        services.AddSingleton(provider => new OwnPath(
            ContainerCredentials.Path,
            provider.GetRequiredService<ContainerCredentials>().AnswerAsync
        ));
        services.AddSingleton<HealthPath>();
        services.AddSingleton(provider => new OwnPath(
            HealthPath.Path,
            provider.GetRequiredService<HealthPath>().AnswerAsync
        ));
        services.AddSingleton(provider => new OwnPath(
            ClockPath.Path,
            provider.GetRequiredService<ClockPath>().AnswerAsync
        ));
    }
}
