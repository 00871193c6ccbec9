using System.CommandLine;
using Plumbline.Cli.Homes;
using Plumbline.WebConsole;

namespace Plumbline.Cli.Commands;

/// <summary><c>plumb console</c>: the web console alone, for a cloud that runs elsewhere.</summary>
internal static class ConsoleCommand
{
    public static Command Create()
    {
        var home = new HomeOptions();
        var proxy = new ProxyOptions();
        var port = new Option<int>("--port")
        {
            Description = "The port on 127.0.0.1; 0 takes a free one",
            DefaultValueFactory = _ => 4571,
            HelpName = "PORT",
        };
        var command = new Command(
            "console",
            "Run only the web console (`plumb up` includes it); $PLUMBLINE_OIDC_AUTHORITY sets the OpenID Connect provider"
        )
        {
            port,
        };
        home.AddCloudTo(command);
        proxy.AddTo(command);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                Ports.RefuseTaken(parsed.GetValue(port), "--port");
                using var connection = home.Connect(parsed);
                await using var console = await ConsoleHost.StartAsync(
                    new ConsoleOptions
                    {
                        Connection = connection,
                        Folder = home.DataFolder(parsed).FullName,
                        OpenId = OpenIdProvider.FromEnvironment(Environment.GetEnvironmentVariable),
                        Port = parsed.GetValue(port),
                        Proxies = proxy.Read(parsed),
                    },
                    UpCommand.Logging,
                    cancellationToken
                );
                await Console.Error.WriteLineAsync(
                    $"Plumbline's console listens on {console.Endpoint.GetLeftPart(UriPartial.Authority)}"
                );
                await console.WaitForShutdownAsync(cancellationToken);
                return CommandLine.Ok;
            }
        );
        return command;
    }
}
