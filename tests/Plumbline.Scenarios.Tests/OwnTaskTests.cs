using System.Text.Json.Nodes;
using Plumbline.Aws.Client.Services;
using Plumbline.Loop.Data;
using Plumbline.Loop.Registry;
using Plumbline.Loop.Training;
using Plumbline.Records;
using Plumbline.Testing;

namespace Plumbline.Scenarios.Tests;

/// <summary>
/// Truths that are not one class: several labels, and JSON with the loss of the project's own score.py. Training and
/// answers are the project's own Python, without a network.
/// </summary>
[Trait(Nightly.Part, "code")]
public sealed class OwnTaskTests
{
    private const string Settings = """
        training: {algorithm: pytorch, rounds: 1, addedRounds: 1}
        monitor: {auditShare: 100%, minimumLabels: 5}
        endpoint: {bake: 0s}
        retraining: {coolDown: 0s, minNewLabels: 1}

        """;

    /// <summary>Copies the handler and the examples, from which it answers by a rule.</summary>
    private const string Train = """
        import os, pathlib, shutil
        folder = pathlib.Path(os.environ["SM_MODEL_DIR"])
        (folder / "code").mkdir(parents=True, exist_ok=True)
        shutil.copy(pathlib.Path(os.environ["SM_CHANNEL_TRAIN"]) / "examples.jsonl", folder / "code" / "examples.jsonl")
        shutil.copy(pathlib.Path(__file__).with_name("inference.py"), folder / "code")
        print("trained")

        """;

    /// <summary>A row has the labels whose names are in its column <c>note</c>.</summary>
    private const string Tagger = """
        import json, pathlib
        def model_fn(folder):
            lines = (pathlib.Path(folder) / "code" / "examples.jsonl").read_text().splitlines()
            return sorted({label for line in lines for label in json.loads(line)["truth"]})
        def transform_fn(model, body, content_type, accept):
            row = json.loads(body)
            return json.dumps({"labels": [label for label in model if label in row["note"].split()]}), "application/json"

        """;

    /// <summary>A number in the text is the place of the box; it is one too small.</summary>
    private const string Finder = """
        import json
        def model_fn(folder):
            return 1
        def transform_fn(model, body, content_type, accept):
            text = body.decode() if isinstance(body, (bytes, bytearray)) else body
            return json.dumps({"box": [int(text.split()[-1]) - model, 2]}), "application/json"

        """;

    [NightlyFact("git", "bwrap")]
    public async Task Rows_with_several_labels_go_round_the_loop_and_corrections_of_them_train_the_next_model()
    {
        string[] words = ["scratch", "dent", "rust"];
        var lines = Enumerable
            .Range(1, 120)
            .Select(i =>
            {
                var tags = words.Where((_, bit) => (i >> bit & 1) == 1).ToArray();
                return RecordJson.Write(new { source = new { part = i, note = string.Join(' ', tags) }, tags });
            });
        await using var running = await StartAsync(
            "multi-label",
            "label: tags",
            $"labels: [{string.Join(", ", words)}]\nquality: {{threshold: 0.2}}\n",
            lines,
            Tagger
        );
        await running.GoIntoProductionAsync();
        (await running.PlumbAsync("models")).Succeeded().ShouldContain("0.000");

        await SendAsync(
            running,
            Enumerable
                .Range(0, 8)
                .Select(i => RecordJson.Write(new { part = 500 + i, note = i % 2 == 0 ? "dent rust" : "scratch" })),
            "application/json"
        );
        (await running.PlumbAsync("correct", "k0", "dent", "hole")).Error.ShouldContain(
            "is not a list of labels, such as"
        );
        (await running.PlumbAsync("correct", "k0", "rust", "scratch"))
            .Succeeded()
            .ShouldContain("""["dent","rust"] -> ["scratch","rust"]""");
        var truths = Path.Combine(running.Data, "..", "truths.csv");
        await File.WriteAllLinesAsync(
            truths,
            ["key,label", .. Enumerable.Range(1, 7).Select(i => $"k{i},{(i % 2 == 0 ? "dent|rust" : "scratch|rust")}")]
        );
        (await running.PlumbAsync("truth", "import", truths)).Succeeded();
        await running.AdvanceAsync(TimeSpan.FromHours(2));
        // Of seven, four miss one of three labels.
        (await running.PlumbAsync("monitor", "run"))
            .Succeeded()
            .ShouldContain("Hamming loss 0.190");

        await RetrainedAsync(running);
        var version = (await new DataSets(running.Loop).NewestAsync())!;
        version.Corrections.All().Count().ShouldBe(8);
        var comparison = await ComparisonAsync(running);
        comparison.New!.Figures.Base.Metric.ShouldBe("hamming");
        comparison.New!.Base.Metric.ShouldBe("hamming");
    }

    [TorchFact("git", "bwrap")]
    public async Task JSON_truths_are_judged_by_the_projects_own_program_everywhere()
    {
        var lines = Enumerable
            .Range(1, 120)
            .Select(i => RecordJson.Write(new { source = $"box at {i}", place = new { box = (int[])[i, 2] } }));
        await using var running = await StartAsync(
            "custom",
            "label: place",
            "quality: {name: offset, threshold: 1.5}\n",
            lines,
            Finder,
            (
                "score.py",
                "def score(answer, truth):\n    return sum(abs(a - t) for a, t in zip(answer['box'], truth['box']))\n"
            )
        );
        await running.GoIntoProductionAsync();
        (await running.PlumbAsync("models")).Succeeded().ShouldContain("1.00");

        await SendAsync(running, Enumerable.Range(0, 8).Select(i => $"crate at {10 * i}"));
        (await running.PlumbAsync("correct", "k0", "{box")).Error.ShouldContain("is not JSON, such as");
        (await running.PlumbAsync("correct", "k0", """{"box": [3, 2]}"""))
            .Succeeded()
            .ShouldContain("""-> {"box":[3,2]}""");
        var truths = Path.Combine(running.Data, "..", "truths.jsonl");
        await File.WriteAllLinesAsync(
            truths,
            Enumerable.Range(1, 7).Select(i => $$$"""{"key":"k{{{i}}}","label":{"box":[{{{10 * i + 2}}},2]}}""")
        );
        (await running.PlumbAsync("truth", "import", truths)).Succeeded();
        await running.AdvanceAsync(TimeSpan.FromHours(2));
        // The alarm would train by itself, before the push or after it.
        await running.Loop.Clients.Events.DisableRuleAsync(
            new JsonObject { ["Name"] = running.Loop.Names.AccuracyRule }
        );
        // Each answer is one too small, and each truth is two larger than the text: an offset of three.
        (await running.PlumbAsync("monitor", "run"))
            .Succeeded()
            .ShouldContain("offset 3.00");
        var figures = await running.Loop.Clients.CloudWatch.DescribeAlarmsAsync(
            new JsonObject { ["AlarmNames"] = new JsonArray(running.Loop.Names.AccuracyAlarm) }
        );
        var alarm = figures.MetricAlarms.Single();
        (alarm.MetricName, alarm.ComparisonOperator, alarm.Threshold).ShouldBe(("offset", "GreaterThanThreshold", 1.5));

        // The next program is in C#, and says that the same mistakes cost twice as much.
        await OwnScore.MoveToCSharpAsync(running);
        (await running.PlumbAsync("push")).Succeeded();
        await SucceededAsync(running);
        (await ComparisonAsync(running)).New!.Figures.Base.Value.ShouldBe(2);
        (await running.PlumbAsync("monitor", "run")).Succeeded().ShouldContain("offset 6.00");

        // Each version names the program that judged it, so that its evaluation can be repeated.
        var versions = (await new ModelRegistry(running.Loop).ListAsync()).OrderBy(version => version.Version).ToList();
        (await OwnScore.FilesAsync(running, versions[0])).ShouldBe(["score.py"]);
        (await OwnScore.FilesAsync(running, versions[^1])).ShouldContain("score.dll");
    }

    private static async Task<RunningLoop> StartAsync(
        string task,
        string label,
        string own,
        IEnumerable<string> lines,
        string handler,
        params (string Path, string Text)[] files
    )
    {
        var running = await RunningLoop.StartAsync(
            _ => $"name: moons\ntask: {task}\ndata: {{file: lines.jsonl, format: manifest, {label}}}\n{own}{Settings}",
            prepare: async root =>
            {
                await File.WriteAllLinesAsync(Path.Combine(root, "lines.jsonl"), lines);
                Directory.CreateDirectory(Path.Combine(root, "code"));
                await File.WriteAllTextAsync(Path.Combine(root, "code", "train.py"), Train);
                await File.WriteAllTextAsync(Path.Combine(root, "code", "inference.py"), handler);
                foreach (var (path, text) in files)
                {
                    await File.WriteAllTextAsync(Path.Combine(root, path), text);
                }
            }
        );
        return running;
    }

    private static async Task SendAsync(RunningLoop running, IEnumerable<string> bodies, string type = "text/plain")
    {
        var count = 0;
        foreach (var body in bodies)
        {
            await running.Loop.Clients.Runtime.InvokeEndpointAsync(
                new InferenceRequest(running.Loop.Names.Endpoint, System.Text.Encoding.UTF8.GetBytes(body), type)
                {
                    InferenceId = $"k{count++}",
                }
            );
        }

        await Eventually.Async(
            async () => JsonNode.Parse((await running.PlumbAsync("predictions", "--json")).Succeeded())!.AsArray(),
            listed => listed.Count == count
        );
    }

    private static async Task RetrainedAsync(RunningLoop running)
    {
        (await running.PlumbAsync("retrain")).Succeeded();
        await SucceededAsync(running);
    }

    private static async Task SucceededAsync(RunningLoop running)
    {
        var executions = await running.EndedAsync(2);
        var steps = await new Executions(running.Loop).StepsAsync(executions[1].PipelineExecutionArn);
        executions[1]
            .PipelineExecutionStatus.ShouldBe(
                "Succeeded",
                string.Join('\n', steps.Select(step => $"{step.Name}: {step.FailureReason}"))
            );
    }

    private static async Task<Records.Comparison.ComparisonReport> ComparisonAsync(RunningLoop running)
    {
        var registry = new ModelRegistry(running.Loop);
        var newest = (await registry.ListAsync()).OrderBy(version => version.Version).Last();
        return (await registry.ComparisonAsync(newest.GeneratedBy!)).ShouldNotBeNull();
    }
}
