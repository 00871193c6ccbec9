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
        var keep = new Option<bool>("--keep") { Description = "Keep the folder with the project and the cloud's data" };
        var command = new Command(
            "demo",
            "Run the whole loop in a temporary folder: a model is built, drifts, is corrected and recovers"
        )
        {
            report,
            keep,
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var root = Directory.CreateTempSubdirectory("plumbline-demo-").FullName;
                try
                {
                    var found = await RunAsync(root, cancellationToken);
                    Write(found);
                    if (parsed.GetValue(report) is { } file)
                    {
                        await File.WriteAllTextAsync(file.FullName, found.ToJson(), cancellationToken);
                    }
                }
                finally
                {
                    CleanUp(root, parsed.GetValue(keep));
                }

                return CommandLine.Ok;
            }
        );
        return command;
    }

    private static async Task<DemoReport> RunAsync(string root, CancellationToken cancellationToken)
    {
        var digits = Digits.Load();
        var folder = await ProjectAsync(root, digits, cancellationToken);
        await using var cloud = await DemoCloud.StartAsync(root, TimeProvider.System, cancellationToken);
        using var connection = cloud.Connect(maxAttempts: 1);
        using var clients = new LoopClients(connection);
        var loop = await LoopContext.CreateAsync(folder.Description, clients, cancellationToken);
        var stage = new DemoStage(Output.Results);
        try
        {
            var traffic = new Traffic(clients, loop.Names.Endpoint);
            return await new DemoStory(cloud, loop, folder, traffic, digits, stage).TellAsync(cancellationToken);
        }
        finally
        {
            await TakeDownAsync(loop);
        }
    }

    private static async Task<ProjectFolder> ProjectAsync(
        string root,
        Digits digits,
        CancellationToken cancellationToken
    )
    {
        var folder = Directory.CreateDirectory(Path.Combine(root, "digits")).FullName;
        await File.WriteAllTextAsync(
            Path.Combine(folder, ProjectFolder.DescriptionFile),
            Samples.Text("digits", "plumbline.yaml"),
            cancellationToken
        );
        await File.WriteAllTextAsync(
            Path.Combine(folder, "buildspec.yml"),
            ProjectTemplate.Buildspec,
            cancellationToken
        );
        await File.WriteAllTextAsync(Path.Combine(folder, "data.csv"), digits.BaseCsv(), cancellationToken);
        await new WorkTree(folder).BeginAsync("Handwritten digits", cancellationToken);
        return await ProjectFolder.OpenAsync(folder, cancellationToken);
    }

    /// <summary>A model server outlives the local cloud, as it should; the demo's must not outlive the demo.</summary>
    private static async Task TakeDownAsync(LoopContext loop)
    {
        var production = new Loop.Registry.ProductionModel(loop);
        try
        {
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
        var table = Output.Table("", "clean", "turned by 30 degrees");
        table.AddRow("first model", Share(report.Accuracy.Clean), Share(report.Accuracy.Drifted));
        table.AddRow(
            "after the loop",
            Share(report.Accuracy.AfterRetrainClean),
            Share(report.Accuracy.AfterRetrainDrifted)
        );
        Output.Results.WriteLine();
        Output.Results.Write(table);
        Output.Results.WriteLine(
            $"alarm {string.Join(" -> ", report.Alarm.Select(change => change.To))}, {report.Alerts.Count} alert, "
                + $"{report.Executions.Count} trainings, {report.Deployments.Count(one => one.Outcome == "deployed")} deployments, "
                + $"{report.Labels.Confirmed + report.Labels.Corrected} labels, {report.Requests.Sent} requests, {report.Requests.Failed} failed, "
                + $"{report.Seconds.ToString("0", CultureInfo.InvariantCulture)} s"
        );
    }

    private static string Share(double share) => share.ToString("0.000", CultureInfo.InvariantCulture);
}
