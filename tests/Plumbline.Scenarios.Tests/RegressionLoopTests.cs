using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Plumbline.Aws.Protocols;
using Plumbline.Loop.Registry;
using Plumbline.Records;
using Plumbline.Records.Monitoring;
using Plumbline.Testing;

namespace Plumbline.Scenarios.Tests;

/// <summary>A table whose truth is a number goes around the loop: an error that grows sets off the alarm and is healed.</summary>
[Trait(Nightly.Part, "demos")]
public sealed class RegressionLoopTests
{
    private const int Rows = 100;

    [NightlyFact("git", "bwrap")]
    public async Task An_error_over_the_threshold_sets_off_the_alarm_and_a_training_brings_it_down()
    {
        await using var running = await RunningLoop.StartAsync(
            yaml => Regex.Replace(yaml, "threshold: .*", "threshold: 8") + Quickly,
            table: "x,y,left\n" + string.Join('\n', Hours(0, 400, 1).Select(hour => $"{hour.Row},{hour.Truth}")) + "\n"
        );
        var yaml = await File.ReadAllTextAsync(Path.Combine(running.Project, "plumbline.yaml"));
        yaml.ShouldContain("task: regression");
        (await running.PlumbAsync("data", "inspect")).Succeeded().ShouldContain("a quantity, for `task: regression`");
        var days = new Days(running);
        (await running.PlumbAsync("push")).Succeeded();
        await days.DeployedAsync(1);
        (await running.PlumbAsync("models")).Succeeded().ShouldContain("First model: mean absolute error");

        var usual = await PassAsync(days, "usual", 0, 2);
        usual.Low.ShouldBeFalse(usual.Explanation);
        usual.Explanation.ShouldStartWith("Mean absolute error ");
        var high = await PassAsync(days, "drifted", 1, 3);
        high.Low.ShouldBeTrue(high.Explanation);
        high.Value!.Value.ShouldBeGreaterThan(100, high.Explanation);
        high.Explanation.ShouldContain("over the threshold 8;");
        var alarms = await running.Loop.Clients.CloudWatch.DescribeAlarmsAsync(
            new JsonObject { ["AlarmNames"] = new JsonArray(running.Loop.Names.AccuracyAlarm) }
        );
        var alarm = alarms.MetricAlarms.Single();
        (alarm.MetricName, alarm.ComparisonOperator, alarm.Threshold).ShouldBe(("mae", "GreaterThanThreshold", 8));
        await days.DeployedAsync(2);

        var healed = await PassAsync(days, "healed", 1, 4);
        healed.Low.ShouldBeFalse(healed.Explanation);
        (await running.PlumbAsync("models")).Succeeded().ShouldContain("blend");
        var acts = (await running.Loop.History.ReadAsync()).Where(entry => entry.Act.What == "retrain").ToList();
        acts.Select(entry => (entry.Act.Subject, entry.Outcome?.Outcome))
            .ShouldBe([("push", "started"), ("alarm", "started")]);

        (await running.PlumbAsync("correct", "healed#3", "many")).Error.ShouldContain("'many' is not a number");
        (await running.PlumbAsync("correct", "healed#3", "312.50")).Succeeded().ShouldContain("-> 312.5, counted as");
        (await running.PlumbAsync("models")).Succeeded().ShouldContain("mean absolute error");
        (await running.PlumbAsync("status")).Succeeded().ShouldContain("Mean absolute error");

        await MovesToAnImageOfItsOwnAsync(running, days);
    }

    /// <summary>The project's next algorithm is the program of docs/own-image.md, which stands for an image in ECR.</summary>
    private static async Task MovesToAnImageOfItsOwnAsync(RunningLoop running, Days days)
    {
        var image = new OwnImage(running);
        var registered = (await new ModelRegistry(running.Loop).ListAsync()).Count;
        await image.DescribeAsync();
        (await running.PlumbAsync("push")).Succeeded();
        (await image.FailureAsync(1)).ShouldContain(
            $"No program stands for the image {OwnImage.Uri} on this machine: add a line for it to {image.Table}."
        );

        await image.StandForItAsync(program => program.Replace("\"shape\": [columns]", "\"shape\": [columns + 1]"));
        (await running.PlumbAsync("retrain")).Succeeded();
        (await image.FailureAsync(2)).ShouldContain(
            "cannot be served: model.onnx: it takes 'x' float32 [batch, 2], and signature.json makes float32 [batch, 3]"
        );
        (await new ModelRegistry(running.Loop).ListAsync()).Count.ShouldBe(registered);

        await image.StandForItAsync(program => program);
        (await running.PlumbAsync("retrain")).Succeeded();
        await days.DeployedAsync(3);
        var own = (await new ModelRegistry(running.Loop).ListAsync()).MaxBy(version => version.Version)!;
        own.Metadata[ModelMetadata.LeftOut]
            .ShouldBe(
                "The old candidate is left out: production was trained by xgboost and container cannot continue it."
            );
        var answer = JsonNode.Parse(await running.InvokeAsync("11,0.5"))!["predictions"]![0]!["score"]!;
        answer.GetValue<double>().ShouldBeInRange(312, 333);
        var measured = await PassAsync(days, "own", 1, 5);
        measured.Low.ShouldBeFalse(measured.Explanation);
    }

    private const string Quickly = """
          auditShare: 100%
          minimumLabels: 50
        endpoint:
          bake: 0s
        retraining:
          coolDown: 0s
          growth: never
          minNewLabels: 50
        approval: recommended

        """;

    private static Task<MonitorReport> PassAsync(Days days, string id, int world, int seed)
    {
        var hours = Hours(world, Rows, seed).ToList();
        return days.PassAsync(id, hours.ConvertAll(hour => hour.Row), hours.ConvertAll(hour => hour.Truth));
    }

    /// <summary>In world 1 the same y means 300 more, at an x that world 0 does not have.</summary>
    private static IEnumerable<(string Row, string Truth)> Hours(int world, int count, int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < count; i++)
        {
            var (x, y, noise) = (3 * random.NextDouble(), random.NextDouble(), random.NextDouble());
            var truth = 20 * x + 5 * y + noise + (300 * world);
            yield return (
                string.Create(CultureInfo.InvariantCulture, $"{x + (10 * world):0.####},{y:0.####}"),
                truth.ToString("0.##", CultureInfo.InvariantCulture)
            );
        }
    }
}
