using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Plumbline.Aws.Errors;
using Plumbline.Loop.Home;
using Plumbline.Loop.Project;
using Plumbline.Records;
using Spectre.Console;

namespace Plumbline.Cli.Demo;

/// <summary><c>plumb demo</c>: the whole loop on this machine, in a temporary folder.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var report = new Option<FileInfo?>("--report")
        {
            Description = "Write the results to this file as JSON",
            HelpName = "FILE",
        };
        var sample = new Option<string>("--sample")
        {
            Description = $"The sample to play: {string.Join(", ", DemoSample.Names)}",
            DefaultValueFactory = _ => "digits",
            HelpName = "NAME",
        };
        // For tests: all months of a sample take minutes.
        var months = new Option<string?>("--months") { Hidden = true };
        var keep = new Option<bool>("--keep") { Description = "Keep the folder with the project and the cloud's data" };
        var command = new Command(
            "demo",
            "Run the whole loop in a temporary folder: a model is built, drifts, is corrected and recovers"
        )
        {
            sample,
            report,
            keep,
            months,
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var played = DemoSample.Of(parsed.GetValue(sample)!);
                played = parsed.GetValue(months) is { } some ? played.Only(some.Split(',')) : played;
                var root = Directory.CreateTempSubdirectory("plumbline-demo-").FullName;
                List<string> missed;
                try
                {
                    var found = await RunAsync(root, played, cancellationToken);
                    Write(found);
                    missed = [.. found.Missed()];
                    if (parsed.GetValue(report) is { } file)
                    {
                        await File.WriteAllTextAsync(file.FullName, found.ToJson(), cancellationToken);
                    }
                }
                finally
                {
                    CleanUp(root, parsed.GetValue(keep));
                }

                missed.ForEach(Console.Error.WriteLine);
                return missed.Count == 0 ? CommandLine.Ok : CommandLine.Failed;
            }
        );
        return command;
    }

    private static async Task<DemoReport> RunAsync(string root, DemoSample sample, CancellationToken cancellationToken)
    {
        var folder = await ProjectAsync(root, sample, cancellationToken);
        await using var cloud = await DemoCloud.StartAsync(root, TimeProvider.System, cancellationToken);
        using var connection = cloud.Connect(maxAttempts: 1);
        using var clients = new LoopClients(connection);
        var loop = await LoopContext.CreateAsync(folder.Description, clients, cancellationToken);
        var acts = new DemoActs(cloud, loop, folder, new DemoStage(Output.Results));
        try
        {
            return await sample.PlayAsync(acts, cancellationToken);
        }
        finally
        {
            await TakeDownAsync(loop);
        }
    }

    private static async Task<ProjectFolder> ProjectAsync(
        string root,
        DemoSample sample,
        CancellationToken cancellationToken
    )
    {
        var folder = Directory.CreateDirectory(Path.Combine(root, sample.Name)).FullName;
        foreach (var (path, content) in sample.Files)
        {
            var file = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllBytesAsync(file, content, cancellationToken);
        }

        await File.WriteAllTextAsync(
            Path.Combine(folder, "buildspec.yml"),
            ProjectTemplate.Buildspec,
            cancellationToken
        );
        await new WorkTree(folder).BeginAsync(sample.Title, cancellationToken);
        return await ProjectFolder.OpenAsync(folder, cancellationToken);
    }

    /// <summary>A model server outlives the local cloud, as it should; the demo's must not outlive the demo.</summary>
    private static async Task TakeDownAsync(LoopContext loop)
    {
        var production = new Loop.Registry.ProductionModel(loop);
        try
        {
            await DemoBuilds.StopAsync(loop, CancellationToken.None);
            await production.RemoveAsync(CancellationToken.None);
            await DemoWaits.UntilAsync(
                "the end of the endpoint",
                async () => await production.FindAsync(CancellationToken.None) is null ? "gone" : null,
                CancellationToken.None
            );
        }
        catch (Exception exception) when (exception is AwsException or HttpRequestException or UserError)
        {
            // The endpoint never started, or the cloud ended first.
        }
    }

    private static void CleanUp(string root, bool keep)
    {
        if (keep)
        {
            Console.WriteLine($"Kept in {root}: `plumb up --data {root}/cloud` continues with it.");
        }
        else
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static void Write(DemoReport report)
    {
        var table = Output.Table([.. report.Table.Columns]);
        foreach (var row in report.Table.Rows)
        {
            table.AddRow(row);
        }

        Output.Results.WriteLine();
        Output.Results.Write(table);
        Output.Results.WriteLine(
            $"alarm {string.Join(" -> ", report.Alarm.Select(change => change.To))}, {Plural.Of(report.Alerts.Count, "alert", "alerts")}, "
                + $"{report.Executions.Count} trainings, {report.Deployments.Count(one => one.Outcome == "deployed")} deployments, "
                + $"{report.Labels.Confirmed + report.Labels.Corrected} labels, {report.Requests.Sent} requests, {report.Requests.Failed} failed, "
                + $"{report.Seconds.ToString("0", CultureInfo.InvariantCulture)} s"
        );
    }
}
