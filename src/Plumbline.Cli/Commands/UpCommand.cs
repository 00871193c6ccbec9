using System.CommandLine;
using System.Data.Common;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Plumbline.Aws.Client;
using Plumbline.Cli.Homes;
using Plumbline.LocalCloud;
using Plumbline.LocalCloud.State;
using Plumbline.Records;
using Plumbline.WebConsole;

namespace Plumbline.Cli.Commands;

/// <summary><c>plumb up</c>: the local cloud, in the foreground, until it is stopped.</summary>
internal static class UpCommand
{
    public const string Name = "up";

    private const string InternetVariable = "PLUMBLINE_INTERNET";
    private const string AccessLogVariable = "PLUMBLINE_ACCESS_LOG";
    private static readonly string[] InternetChoices = ["nobody", "builds", "everyone"];

    /// <summary>How long the process may take to end: it answers the requests that it has accepted first.</summary>
    public static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(45);

    public static Command Create()
    {
        var data = DataFolderOption.Create();
        var port = new Option<int>("--port")
        {
            Description = "The port on 127.0.0.1; 0 takes a free one",
            DefaultValueFactory = _ => 4570,
            HelpName = "PORT",
        };
        var consolePort = new Option<int>("--console-port")
        {
            Description = "The web console's port on 127.0.0.1; 0 takes a free one",
            DefaultValueFactory = _ => 4571,
            HelpName = "PORT",
        };
        var movableClock = new Option<bool>("--movable-clock")
        {
            Description = "Let POST /_plumbline/clock move the time of schedules, alarms and records forward",
        };
        var withoutSandbox = new Option<bool>("--without-sandbox")
        {
            Description =
                "Run jobs, model servers and builds with all rights of this user, for machines where bubblewrap does not work",
        };
        var strictRoles = new Option<bool>("--strict-roles")
        {
            Description = "Refuse calls under a role that was never created here, as AWS does, instead of warning once",
        };
        var internet = new Option<string>("--internet")
        {
            Description =
                $"Which programs may use this machine's network, including the internet; the others reach only the local cloud; ${InternetVariable} sets another default",
            DefaultValueFactory = _ =>
                Environment.GetEnvironmentVariable(InternetVariable) is { Length: > 0 } set ? set : "builds",
            HelpName = string.Join('|', InternetChoices),
        };
        internet.AcceptOnlyFromAmong(InternetChoices);
        var accessLog = new Option<FileInfo?>("--access-log")
        {
            Description =
                $"Append to this file, as JSON lines, each distinct request of a role and whether its policies allow it; ${AccessLogVariable} sets another default",
            DefaultValueFactory = _ =>
                Environment.GetEnvironmentVariable(AccessLogVariable) is { Length: > 0 } set ? new FileInfo(set) : null,
            HelpName = "FILE",
        };
        var metricsPort = new Option<int?>("--metrics-port")
        {
            Description =
                "Serve metrics for Prometheus at /metrics on this port on 127.0.0.1; 0 takes a free one; by default, no metrics are served",
            HelpName = "PORT",
        };
        var command = new Command(Name, "Run the local cloud: AWS's API on one port, served by this machine alone")
        {
            data,
            port,
            consolePort,
            movableClock,
            withoutSandbox,
            strictRoles,
            internet,
            accessLog,
            metricsPort,
        };
        var proxy = new ProxyOptions();
        proxy.AddTo(command);
        command.SetAction(
            (parsed, cancellationToken) =>
                RunAsync(
                    new LocalCloudOptions
                    {
                        DataFolder = parsed.GetValue(data)!.FullName,
                        Port = parsed.GetValue(port),
                        ToolsFolder = AppContext.BaseDirectory,
                        MovableClock = parsed.GetValue(movableClock),
                        WithoutSandbox = parsed.GetValue(withoutSandbox),
                        StrictRoles = parsed.GetValue(strictRoles),
                        Internet = InternetOf(parsed.GetValue(internet)!),
                        AccessLog = parsed.GetValue(accessLog)?.FullName,
                    },
                    parsed.GetValue(consolePort),
                    parsed.GetValue(metricsPort),
                    proxy.Read(parsed),
                    cancellationToken
                )
        );
        return command;
    }

    /// <summary>The option checks its argument against the choices, but not its default from the environment.</summary>
    private static Internet InternetOf(string choice) =>
        Enum.TryParse<Internet>(choice, ignoreCase: true, out var found)
            ? found
            : throw new UserError(InternetVariable, $"'{choice}' is not one of {string.Join(", ", InternetChoices)}.");

    private static async Task<int> RunAsync(
        LocalCloudOptions options,
        int consolePort,
        int? metricsPort,
        ProxyTrust proxies,
        CancellationToken cancellationToken
    )
    {
        Ports.RefuseTaken(options.Port, "--port");
        Ports.RefuseTaken(consolePort, "--console-port");
        if (metricsPort is { } asked)
        {
            Ports.RefuseTaken(asked, "--metrics-port");
        }

        RequireWritable(options.DataFolder);
        ImagesFile.Write(options.DataFolder);
        SageMakerSdk.WriteConfig(options.DataFolder);
        // Before the cloud starts and until after its end, so that the first and the last activity are exported too.
        await using var export = await SignalExport.StartAsync(metricsPort, Logging, cancellationToken);
        await using var host = await StartAsync(options, cancellationToken);
        var dataFlag = options.DataFolder.Contains(' ', StringComparison.Ordinal)
            ? $"'{options.DataFolder}'"
            : options.DataFolder;
        Console.Error.WriteLine(
            $"Plumbline's local cloud listens on {host.Endpoint.GetLeftPart(UriPartial.Authority)}"
        );
        Console.Error.WriteLine($"  data   {options.DataFolder}");
        if (export.Metrics is { } metrics)
        {
            Console.Error.WriteLine($"  metrics {metrics}");
        }
        else if (metricsPort is not null)
        {
            Console.Error.WriteLine("  metrics are not served, because OTEL_SDK_DISABLED is true: unset it");
        }

        Console.Error.WriteLine($"  use it eval $(plumb env --data {dataFlag})");
        // After the cloud answers: its clients need not wait for the pages.
        using var connection = AwsConnection.To(LocalHome.Read(new DirectoryInfo(options.DataFolder)));
        await using var console = await ConsoleHost.StartAsync(
            new ConsoleOptions
            {
                Connection = connection,
                Folder = options.DataFolder,
                Port = consolePort,
                Proxies = proxies,
            },
            Logging,
            cancellationToken
        );
        var pages = console.Endpoint.GetLeftPart(UriPartial.Authority);
        DurableFile.Replace(
            Path.Combine(options.DataFolder, "console.json"),
            new JsonObject { ["endpoint"] = pages }.ToJsonString()
        );
        Console.Error.WriteLine($"  console {pages}");
        await host.WaitForShutdownAsync(cancellationToken);
        return 0;
    }

    /// <summary>Called before anything is written, so that the error names the folder and not its first file.</summary>
    private static void RequireWritable(string dataFolder)
    {
        try
        {
            DataFolder.RequireWritable(dataFolder);
        }
        catch (UnusableDataException exception)
        {
            throw new UserError(dataFolder, exception.Message);
        }
    }

    private static async Task<LocalCloudHost> StartAsync(LocalCloudOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return await LocalCloudHost.StartAsync(options, Logging, cancellationToken);
        }
        catch (IOException exception)
        {
            throw new UserError(options.DataFolder, exception.Message);
        }
        catch (Exception damage) when (damage is DbException or UnreadableItemException)
        {
            throw new UserError(
                options.DataFolder,
                $"the database is damaged ({damage.Message}): restore plumbline.db from a backup, or use another --data folder."
            );
        }
    }

    internal static void Logging(ILoggingBuilder logging) =>
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
