using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Identity;
using Plumbline.LocalCloud.Processes.Specs;
using Plumbline.LocalCloud.Processes.Supervision;
using Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.Running;

namespace Plumbline.Bench.Pipelines;

/// <summary>
/// The cost of a pipeline beyond bubblewrap and the supervisor: six steps that do nothing, two branches in parallel, on
/// a running local cloud with its state on disk. It takes the least wall time of several rounds, because other work on
/// the machine can only add time.
/// </summary>
internal static class PipelinesBench
{
    private const int Rounds = 40;
    private const int Steps = 6;

    // Programs at a time: A, then B1 with C1, then B2 with C2, then D.
    private static readonly int[] Shape = [1, 2, 2, 1];

    private const string Role = "arn:aws:iam::000000000000:role/bench";

    public static async Task RunAsync(CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("plumbline-bench-");
        try
        {
            await WriteImagesAsync(folder.FullName, cancel);
            await using var host = await LocalCloudHost.StartAsync(
                new LocalCloudOptions { DataFolder = folder.FullName, Port = 0 },
                cancellationToken: cancel
            );
            await RunAsync(host, Path.Combine(folder.FullName, "floor"), cancel);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task RunAsync(LocalCloudHost host, string folder, CancellationToken cancel)
    {
        var six = await CreateAsync(
            host,
            "six",
            Step("A"),
            Step("B1", "A"),
            Step("C1", "A"),
            Step("B2", "B1"),
            Step("C2", "C1"),
            Step("D", "B2", "C2")
        );
        var sleeps = await CreateAsync(
            host,
            "sleeps",
            Step("S1") with
            {
                Script = "exec sleep 1",
            },
            Step("S2") with
            {
                Script = "exec sleep 1",
            }
        );
        await ExecuteAsync(host, six, cancel);

        var one = double.MaxValue;
        var floor = double.MaxValue;
        var wall = double.MaxValue;
        var cpu = TimeSpan.Zero;
        for (var round = 0; round < Rounds; round++)
        {
            one = Math.Min(one, await FloorAsync(host, $"{folder}-one-{round}", [1], cancel));
            floor = Math.Min(floor, await FloorAsync(host, $"{folder}-{round}", Shape, cancel));
            var before = Environment.CpuUsage.TotalTime;
            wall = Math.Min(wall, await ExecuteAsync(host, six, cancel));
            cpu += Environment.CpuUsage.TotalTime - before;
        }

        Print("bubblewrap and the supervisor, one program that does nothing", one, "about 21 ms");
        Print("the same six programs in the same shape, without pipeline or jobs", floor, "");
        Print("six no-op steps, two parallel branches (Metaflow: 5,300 ms)", wall, "");
        Print("own cost a step beyond bubblewrap and the supervisor", (wall - floor) / Steps, "<= 5 ms");
        Print("CPU time of the local cloud in such an execution, the mean", cpu.TotalMilliseconds / Rounds, "");
        Print("two 1 s sleeps in parallel", await ExecuteAsync(host, sleeps, cancel), "<= 1,200 ms");
    }

    private static void Print(string what, double milliseconds, string bar) =>
        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{what, -64} {milliseconds, 10:0.0} ms   {bar}")
        );

    private static async Task<double> FloorAsync(
        LocalCloudHost host,
        string folder,
        IEnumerable<int> shape,
        CancellationToken cancel
    )
    {
        var clock = Stopwatch.StartNew();
        foreach (var (level, programs) in shape.Index())
        {
            await Task.WhenAll(
                Enumerable.Range(0, programs).Select(number => RunOneAsync(host, $"{folder}-{level}-{number}", cancel))
            );
        }

        return clock.Elapsed.TotalMilliseconds;
    }

    private static async Task RunOneAsync(LocalCloudHost host, string folder, CancellationToken cancel)
    {
        var root = Directory.CreateDirectory(Path.Combine(folder, "root")).FullName;
        var process = await host
            .Services.GetRequiredService<Supervisor>()
            .StartAsync(
                new ProcessSpec
                {
                    Folder = folder,
                    Command = ["sh", "-c", "true"],
                    Environment = new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin" },
                    Binds = [new Bind(root, "/opt/ml", Writable: true)],
                    Limit = TimeSpan.FromMinutes(1),
                },
                cancel
            );
        await process.WaitAsync(cancel);
    }

    private static async Task<double> ExecuteAsync(LocalCloudHost host, string pipeline, CancellationToken cancel)
    {
        var signals = host.Services.GetRequiredService<ResourceSignals>();
        var clock = Stopwatch.StartNew();
        var started = await CallAsync(
            host,
            "StartPipelineExecution",
            new { PipelineName = pipeline, ClientRequestToken = $"{Guid.NewGuid()}" }
        );
        var arn = started.Text("PipelineExecutionArn")!;
        while (true)
        {
            var next = signals.Next(arn);
            var execution = await CallAsync(host, "DescribePipelineExecution", new { PipelineExecutionArn = arn });
            switch (execution.Text("PipelineExecutionStatus"))
            {
                case "Succeeded":
                    return clock.Elapsed.TotalMilliseconds;
                case "Failed":
                    var steps = await CallAsync(host, "ListPipelineExecutionSteps", new { PipelineExecutionArn = arn });
                    throw new InvalidOperationException(steps.ToJsonString());
                default:
                    await next.WaitAsync(cancel);
                    break;
            }
        }
    }

    private static async Task<string> CreateAsync(LocalCloudHost host, string name, params NoOp[] steps)
    {
        await CallAsync(
            host,
            "CreatePipeline",
            new
            {
                PipelineName = name,
                PipelineDefinition = new JsonObject
                {
                    ["Steps"] = new JsonArray([.. steps.Select(step => step.ToJson())]),
                }.ToJsonString(),
                RoleArn = Role,
                ClientRequestToken = $"{Guid.NewGuid()}",
            }
        );
        return name;
    }

    private static Task<JsonObject> CallAsync(LocalCloudHost host, string operation, object input) =>
        host
            .Services.GetRequiredService<Dispatcher>()
            .CallAsync("sagemaker", operation, JsonSerializer.SerializeToNode(input)!.AsObject(), Caller.Root);

    private static Task WriteImagesAsync(string dataFolder, CancellationToken cancel) =>
        File.WriteAllTextAsync(
            Path.Combine(dataFolder, "images.json"),
            """[{"image":"*/shell:*","command":["true"],"algorithm":"exec"}]""",
            cancel
        );

    private static NoOp Step(string name, params string[] needs) => new(name, needs);

    private sealed record NoOp(string Name, IReadOnlyList<string> Needs)
    {
        public string Script { get; init; } = "true";

        public JsonNode ToJson() =>
            JsonSerializer.SerializeToNode(
                new
                {
                    Name,
                    Type = "Processing",
                    DependsOn = Needs,
                    Arguments = new
                    {
                        RoleArn = Role,
                        AppSpecification = new
                        {
                            ImageUri = "000000000000.dkr.ecr.us-east-1.amazonaws.com/shell:latest",
                            ContainerEntrypoint = (string[])["sh", "-c", Script],
                        },
                        ProcessingResources = new
                        {
                            ClusterConfig = new
                            {
                                InstanceType = "ml.t3.medium",
                                InstanceCount = 1,
                                VolumeSizeInGB = 1,
                            },
                        },
                        StoppingCondition = new { MaxRuntimeInSeconds = 600 },
                    },
                }
            )!;
    }
}
