using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Plumbline.Aws.Client.Services;
using Plumbline.Jobs.Tests.Tables;
using Plumbline.Tables;
using Plumbline.Testing;

namespace Plumbline.Scenarios.Tests;

/// <summary>A person's own table with names, dates and gaps goes around the loop without a line written by hand.</summary>
public sealed class OwnTableTests
{
    private static readonly string[] Columns = Customers.Header.Split(',')[..^1];

    [ProgramFact("git", "bwrap")]
    public async Task A_table_with_names_and_dates_is_trained_served_measured_and_trained_again()
    {
        await using var running = await RunningLoop.StartAsync(
            yaml => yaml.Replace("schedule: daily", "schedule: daily\n  auditShare: 1.0\n  minimumLabels: 50"),
            table: Customers.Csv(3000)
        );
        await running.GoIntoProductionAsync();
        var first = Regex.Match((await running.PlumbAsync("models")).Succeeded(), @"first .*? (0\.\d+) .* n=\d+");
        double.Parse(first.Groups[1].Value, CultureInfo.InvariantCulture).ShouldBeGreaterThan(0.85);

        var rows = Customers.Csv(120, seed: 9).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1);
        var customers = rows.Select(row => CsvCells.Split(row)).ToList();
        foreach (var (customer, i) in customers.Select((customer, i) => (customer, i)))
        {
            await running.Loop.Clients.Runtime.InvokeEndpointAsync(
                new InferenceRequest(running.Loop.Names.Endpoint, Body(customer, json: i % 2 == 0), Type(i % 2 == 0))
                {
                    InferenceId = $"customer-{i}",
                }
            );
        }
        var predictions = await Eventually.Async(
            async () => (await running.PlumbAsync("predictions", "--count", "500", "--json")).Succeeded(),
            text => JsonNode.Parse(text)!.AsArray().Count == customers.Count
        );
        predictions.ShouldContain("St. City, ");

        var truths = customers.Select((customer, i) => $"customer-{i},{customer[^1]}").ToList();
        var file = Path.Combine(running.Project, "truths.csv");
        await File.WriteAllLinesAsync(file, ["customer,left", .. truths, "customer-7,perhaps"]);
        var refused = await running.PlumbAsync("truth", "import", file, "--key", "customer", "--label", "left");
        refused.ExitCode.ShouldBe(2);
        refused.Error.ShouldContain("truths.csv:122: has the label 'perhaps', which is not one of labels: no, yes");
        await File.WriteAllLinesAsync(file, ["customer,left", .. truths]);
        (await running.PlumbAsync("truth", "import", file, "--key", "customer", "--label", "left"))
            .Succeeded()
            .ShouldContain("120 truths are in s3://");
        (await running.PlumbAsync("monitor", "run")).Succeeded().ShouldContain("from 120 audit labels");

        (await running.PlumbAsync("retrain")).Succeeded();
        var executions = await running.EndedAsync(2);
        executions[1].PipelineExecutionStatus.ShouldBe("Succeeded", executions[1].PipelineExecutionFailureReason);
        var models = (await running.PlumbAsync("models")).Succeeded();
        models.ShouldContain("old");
        models.ShouldContain("new");
    }

    private static byte[] Body(IReadOnlyList<string> customer, bool json)
    {
        var cells = customer.SkipLast(1).ToList();
        return Encoding.UTF8.GetBytes(
            json
                ? new JsonObject(
                    Columns.Zip(cells).Select(pair => KeyValuePair.Create(pair.First, (JsonNode?)pair.Second))
                ).ToJsonString()
                : CsvCells.Join(cells)
        );
    }

    private static string Type(bool json) => json ? "application/json" : "text/csv";
}
