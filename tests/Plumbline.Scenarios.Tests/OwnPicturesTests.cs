using System.Text.Json.Nodes;
using Plumbline.Aws.Client;
using Plumbline.Aws.Client.Services;
using Plumbline.Loop.Data;
using Plumbline.Records;
using Plumbline.Records.Examples;
using Plumbline.Testing;

namespace Plumbline.Scenarios.Tests;

/// <summary>A person's own folder of photos goes around the loop, with the code that <c>plumb new</c> writes.</summary>
public sealed class OwnPicturesTests
{
    private const int Sent = 12;

    [TorchFact("git", "bwrap")]
    public async Task A_folder_of_photos_is_trained_served_reviewed_and_trained_again_with_the_corrections()
    {
        await using var running = await RunningLoop.StartAsync(
            yaml =>
                yaml.Replace("rounds: 20 ", "rounds: 6 ")
                    .Replace("schedule: daily", "schedule: daily\n  auditShare: 1.0\n  minimumLabels: 10"),
            contents: async folder =>
            {
                await Pictures.WriteAsync(folder.At("photos"), each: 20);
                return ["--data", folder.At("photos")];
            }
        );
        await running.GoIntoProductionAsync();
        (await running.PlumbAsync("models")).Succeeded().ShouldMatch(@"first .*? 1\.000 .* n=\d+");

        var photos = await SendAsync(running);
        var predictions = await Eventually.Async(
            async () => JsonNode.Parse((await running.PlumbAsync("predictions", "--json")).Succeeded())!.AsArray(),
            listed => listed.Count == photos.Count
        );
        predictions[0]!["content"]!["type"]!.GetValue<string>().ShouldBe("image/jpeg");

        // A person says that one photo is not what its folder says; a system delivers the truths of the others.
        (await running.PlumbAsync("correct", "ripe-0", "green"))
            .Succeeded()
            .ShouldContain("ripe -> green");
        var file = Path.Combine(running.Project, "truths.csv");
        var truths = photos.Keys.Where(key => key != "ripe-0").Select(key => $"{key},{key.Split('-')[0]}");
        await File.WriteAllLinesAsync(file, ["key,label", .. truths]);
        (await running.PlumbAsync("truth", "import", file)).Succeeded();
        (await running.PlumbAsync("monitor", "run")).Succeeded().ShouldContain("Accuracy 1.000");

        (await running.PlumbAsync("retrain")).Succeeded();
        var executions = await running.EndedAsync(2);
        executions[1].PipelineExecutionStatus.ShouldBe("Succeeded", executions[1].PipelineExecutionFailureReason);
        (await running.PlumbAsync("models")).Succeeded().ShouldMatch("(?s)old.*new|new.*old");

        var version = (await new DataSets(running.Loop).NewestAsync())!;
        version.Corrections.All().Count().ShouldBe(Sent);
        var examples = await ExamplesAsync(running, version.Version, version.Names.All);
        var corrected = examples.Where(one => one.Origin == ExampleOrigin.Correction).ToList();
        corrected.Count.ShouldBeGreaterThanOrEqualTo(Sent - version.Corrections.HeldBack.Count);
        var wrong = Content.Of(photos["ripe-0"], "image/jpeg");
        examples.Where(one => one.Content == wrong).ShouldAllBe(one => one.Label == "green");
        (await running.Loop.Bucket.FindBytesAsync(wrong.Key)).ShouldBe(photos["ripe-0"]);
    }

    private static async Task<Dictionary<string, byte[]>> SendAsync(RunningLoop running)
    {
        var folder = Path.Combine(running.Data, "..", "sent");
        await Pictures.WriteAsync(folder, each: Sent / 2, seed: "sent");
        var photos = new Dictionary<string, byte[]>();
        foreach (var path in Directory.EnumerateFiles(folder, "*.jpg", SearchOption.AllDirectories))
        {
            var (key, body) = (Path.GetFileNameWithoutExtension(path), await File.ReadAllBytesAsync(path));
            if (photos.Count == 0)
            {
                (await running.PlumbAsync("invoke", $"@{path}", "--inference-id", key)).Succeeded();
            }
            else
            {
                await running.Loop.Clients.Runtime.InvokeEndpointAsync(
                    new InferenceRequest(running.Loop.Names.Endpoint, body, "image/jpeg") { InferenceId = key }
                );
            }

            photos[key] = body;
        }

        return photos;
    }

    private static async Task<IReadOnlyList<Example>> ExamplesAsync(
        RunningLoop running,
        string version,
        IEnumerable<string> files
    )
    {
        var examples = new List<Example>();
        foreach (var file in files)
        {
            await foreach (var line in running.Loop.Bucket.LinesAsync(Layout.DataSet(version) + file))
            {
                examples.Add(RecordJson.Read<Example>(line, file));
            }
        }

        return examples;
    }
}
