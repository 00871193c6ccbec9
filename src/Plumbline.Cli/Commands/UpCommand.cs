using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Plumbline.Cli.Homes;
using Plumbline.LocalCloud;
using Plumbline.Records;

namespace Plumbline.Cli.Commands;

/// <summary><c>plumb up</c>: the local cloud, in the foreground, until it is stopped.</summary>
internal static class UpCommand
{
    public static Command Create()
    {
        var data = DataFolderOption.Create();
        var port = new Option<int>("--port")
        {
            Description = "The port on 127.0.0.1; 0 takes a free one",
            DefaultValueFactory = _ => 4570,
            HelpName = "PORT",
        };
        var movableClock = new Option<bool>("--movable-clock")
        {
            Description = "Let POST /_plumbline/clock move the time of schedules, alarms and records forward",
        };
        var command = new Command(
            "up",
            "Run the local cloud: AWS's API on one port, with nothing behind it but this machine"
        )
        {
            data,
            port,
            movableClock,
        };
        command.SetAction(
            (parsed, cancellationToken) =>
                RunAsync(
                    new LocalCloudOptions
                    {
                        DataFolder = parsed.GetValue(data)!.FullName,
                        Port = parsed.GetValue(port),
                        ToolsFolder = AppContext.BaseDirectory,
                        MovableClock = parsed.GetValue(movableClock),
                    },
                    cancellationToken
                )
        );
        return command;
    }

    private static async Task<int> RunAsync(LocalCloudOptions options, CancellationToken cancellationToken)
    {
        ImageTable.Write(options.DataFolder);
        await using var host = await StartAsync(options, cancellationToken);
        var dataFlag = options.DataFolder.Contains(' ', StringComparison.Ordinal)
            ? $"'{options.DataFolder}'"
            : options.DataFolder;
        Console.Error.WriteLine(
            $"Plumbline's local cloud listens on {host.Endpoint.GetLeftPart(UriPartial.Authority)}"
        );
        Console.Error.WriteLine($"  data   {options.DataFolder}");
        Console.Error.WriteLine($"  use it eval $(plumb env --data {dataFlag})");
        await host.WaitForShutdownAsync(cancellationToken);
        return 0;
    }

    private static async Task<LocalCloudHost> StartAsync(LocalCloudOptions options, CancellationToken cancellationToken)
    {
        RefuseTakenPort(options.Port);
        try
        {
            return await LocalCloudHost.StartAsync(options, Logging, cancellationToken);
        }
        catch (IOException exception)
        {
            throw new UserError(options.DataFolder, exception.Message);
        }
    }

    private static void RefuseTakenPort(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
        }
        catch (SocketException exception)
        {
            throw new UserError(
                $"port {port}",
                $"{exception.Message}: choose another with --port, or 0 for a free one"
            );
        }
    }

    private static void Logging(ILoggingBuilder logging) =>
        logging
            .AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.TimestampFormat = "HH:mm:ss ";
            })
            .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace)
            .AddFilter("Microsoft", LogLevel.Warning)
            .SetMinimumLevel(LogLevel.Information);
}
