using System.Text.Json.Nodes;
using Plumbline.Loop.Project;
using Plumbline.Loop.Registry;
using Plumbline.Records;
using Plumbline.Testing;

namespace Plumbline.Scenarios.Tests;

/// <summary>
/// A label that people need for the first time, and a column that a commit adds: the training leaves the old candidate
/// out, says why everywhere, and compares the new one with production.
/// </summary>
public sealed class ChangedSchemaTests
{
    private const int Sent = 100;

    [ProgramFact("git", "bwrap")]
    public async Task A_new_label_and_a_new_column_leave_the_old_candidate_out_and_are_compared_with_production()
    {
        await using var running = await RunningLoop.StartAsync(
            yaml => Regions.Quickly(yaml) + "review:\n  newLabels: true\n",
            data: Regions.BaseData()
        );
        await running.GoIntoProductionAsync();
        // The figure falls to 0, and only the trainings of this test may run.
        await running.Loop.Clients.Events.DisableRuleAsync(
            new JsonObject { ["Name"] = running.Loop.Names.AccuracyRule }
        );
        await SendAsync(running);

        // A typing error must not become a class.
        (await running.PlumbAsync("correct", "far#0", "other")).Error.ShouldContain(
            "'other' is not one of labels: no, yes; add it as a new label if it is one (--new-label)"
        );
        (await running.PlumbAsync("correct", "far#0", "other", "--new-label"))
            .Succeeded()
            .ShouldContain("-> other, counted as");
        var truths = Path.Combine(running.Project, "..", "truths.csv");
        await File.WriteAllLinesAsync(
            truths,
            ["key,label", .. Enumerable.Range(1, Sent - 1).Select(row => $"far#{row},other")]
        );
        (await running.PlumbAsync("truth", "import", truths)).Succeeded();
        // Production cannot answer the label, so each of these is its error.
        await running.AdvanceAsync(TimeSpan.FromHours(2));
        (await running.PlumbAsync("monitor", "run")).Succeeded().ShouldContain("Accuracy 0.000");

        (await running.PlumbAsync("retrain"))
            .Succeeded()
            .ShouldContain("The old candidate is left out: production was trained without the label other.");
        await TrainedAsync(running, 2, "the label other");
        var acts = await running.Loop.History.ReadAsync();
        acts.Last(entry => entry.Act.What == "retrain" && entry.Outcome?.Outcome == "started")
            .Outcome!.Detail.ShouldContain("without the label other");
        (await running.PlumbAsync("approve", "2", "--reason", "knows the label")).Succeeded();
        await new Days(running).DeployedAsync(2);
        (await running.InvokeAsync(Regions.RowsOf(1, seed: 9)[0])).ShouldContain("other");

        var data = Path.Combine(running.Project, "data.csv");
        var lines = await File.ReadAllLinesAsync(data);
        await File.WriteAllLinesAsync(
            data,
            lines.Select(
                (line, row) =>
                    row == 0 ? line + ",z" : line + (line.StartsWith("yes", StringComparison.Ordinal) ? ",1" : ",0")
            )
        );
        await new WorkTree(running.Project).CommitAllAsync("A new column", CancellationToken.None);
        (await running.PlumbAsync("push")).Succeeded();
        await TrainedAsync(running, 3, "the column z");
    }

    /// <summary>Waits for a training, which registers a new candidate alone.</summary>
    private static async Task TrainedAsync(RunningLoop running, int count, string without)
    {
        var executions = await running.EndedAsync(count);
        executions[^1].PipelineExecutionStatus.ShouldBe("Succeeded", executions[^1].PipelineExecutionFailureReason);
        var registry = new ModelRegistry(running.Loop);
        var versions = (await registry.ListAsync()).OrderBy(version => version.Version).ToList();
        versions.Select(version => version.Role).ShouldBe([.. new[] { "first", "new", "new" }.Take(count)]);
        var reason = $"The old candidate is left out: production was trained without {without}.";
        versions[^1].Metadata[ModelMetadata.LeftOut].ShouldBe(reason);
        versions[^1].StatusReason.ShouldNotBeNull().ShouldEndWith(reason);
        var comparison = (await registry.ComparisonAsync(versions[^1].GeneratedBy!)).ShouldNotBeNull();
        (comparison.Old, comparison.LeftOut).ShouldBe((null, reason));
        comparison.Production.Base.Rows.ShouldBe(comparison.New!.Figures.Base.Rows);
        comparison.Production.Base.Value!.Value.ShouldBeGreaterThan(0.8);
        (await running.PlumbAsync("models")).Succeeded().ShouldContain("new");
    }

    private static async Task SendAsync(RunningLoop running)
    {
        await running.Loop.Clients.Runtime.InvokeEndpointAsync(
            new Aws.Client.Services.InferenceRequest(
                running.Loop.Names.Endpoint,
                System.Text.Encoding.ASCII.GetBytes(string.Join('\n', Regions.RowsOf(1, seed: 2))),
                "text/csv"
            )
            {
                InferenceId = "far",
            }
        );
        await Eventually.Async(
            async () =>
                JsonNode.Parse((await running.PlumbAsync("predictions", "-n", "200", "--json")).Succeeded())!.AsArray(),
            listed => listed.Count >= Sent
        );
    }
}
