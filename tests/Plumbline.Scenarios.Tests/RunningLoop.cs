using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Plumbline.Aws.Client.Services;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.Cli.Demo;
using Plumbline.Loop.Home;
using Plumbline.Loop.Project;
using Plumbline.Records;
using Plumbline.Scenarios.Tests.OnAws.Stacks;
using Plumbline.Testing;

namespace Plumbline.Scenarios.Tests;

/// <summary>
/// A project in a real local cloud: <c>plumb up</c> as a child process that can be killed, and a pushed project.
/// </summary>
public sealed class RunningLoop : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private CloudProcess cloud = null!;
    private StackHome? stack;
    private bool hasPackages;

    public string Project => folder.At("moons");

    public string Data => folder.At("data");

    public ProjectFolder Folder { get; private set; } = null!;

    public LoopContext Loop { get; private set; } = null!;

    public Uri Endpoint => cloud.Endpoint;

    /// <summary>The environment that <c>plumb env</c> prints.</summary>
    public Dictionary<string, string> Environment => cloud.Environment;

    /// <summary>Waits for the cloud's web console and returns its address.</summary>
    public Task<Uri> ConsoleAsync() => cloud.ConsoleAsync();

    /// <summary>Makes the project, changes its description, and starts the cloud.</summary>
    /// <param name="sample">The sample to copy; null for two moons.</param>
    /// <param name="data">The base data; null for the sample's own.</param>
    /// <param name="table">A person's own table with the label <c>left</c>; null for a sample.</param>
    /// <param name="contents">Writes a person's own images or texts into a folder, and returns the options of `plumb new`.</param>
    /// <param name="onStack">
    /// True to make exactly the resources of the project's stack, and to use the CLI as with AWS.
    /// </param>
    /// <param name="prepare">Writes more files into the project's folder.</param>
    /// <param name="policies">Changes the policies of the stack's roles, by a role's name; null keeps them.</param>
    public static async Task<RunningLoop> StartAsync(
        Func<string, string>? describe = null,
        string? sample = null,
        string? data = null,
        string? table = null,
        Func<TemporaryFolder, Task<string[]>>? contents = null,
        bool onStack = false,
        Func<string, JsonObject, JsonObject>? policies = null,
        Func<string, Task>? prepare = null
    )
    {
        var running = new RunningLoop { hasPackages = sample == Messages.Sample };
        string[] of =
            contents is not null ? await contents(running.folder)
            : table is not null ? ["--data", running.folder.Write("customers.csv", table), "--label", "left"]
            : sample is not null ? ["--sample", sample]
            : [];
        (await Plumb.RunAsync(running.folder.Path, running.Data, ["new", "moons", .. of])).Succeeded();
        var yaml = running.folder.At("moons", "plumbline.yaml");
        await File.WriteAllTextAsync(yaml, (describe ?? (text => text))(await File.ReadAllTextAsync(yaml)));
        if (data is not null)
        {
            await File.WriteAllTextAsync(running.folder.At("moons", "data.csv"), data);
        }

        await (prepare?.Invoke(running.Project) ?? Task.CompletedTask);
        await new WorkTree(running.Project).CommitAllAsync(
            "As the test wants it",
            CancellationToken.None,
            allowEmpty: true
        );
        await running.UpAsync(0);
        if (onStack)
        {
            running.stack = await StackHome.StartAsync(
                running.Loop,
                running.Environment,
                policies ?? ((_, document) => document)
            );
            (await running.AwsAsync("deploy", "--no-images")).Succeeded().ShouldContain("Ready");
        }

        return running;
    }

    /// <summary>Makes the stack; only for a loop with <c>onStack</c>.</summary>
    internal StackHome Stack => stack!;

    /// <summary>Runs the CLI in the project's folder.</summary>
    public Task<ShellResult> PlumbAsync(params IEnumerable<string> arguments) =>
        stack is null
            ? Plumb.RunAsync(Project, Data, arguments)
            : Shell.RunAsync(Plumb.Program, [.. arguments, "--home", "aws"], stack.Environment, Project);

    /// <summary>Runs <c>plumb aws</c> in the project's folder.</summary>
    public Task<ShellResult> AwsAsync(params IEnumerable<string> arguments) =>
        Shell.RunAsync(Plumb.Program, ["aws", .. arguments], stack!.Environment, Project);

    /// <summary>Sends SIGKILL, and starts the cloud again on the same port.</summary>
    public async Task KillAndStartAsync()
    {
        await cloud.DisposeAsync();
        await UpAsync(Endpoint.Port);
    }

    /// <summary>The executions of the training pipeline, oldest first.</summary>
    public async Task<IReadOnlyList<PipelineExecutionSummary>> ExecutionsAsync()
    {
        var listed = await Loop.Clients.SageMaker.ListPipelineExecutionsAsync(
            new JsonObject { ["PipelineName"] = Loop.Names.TrainingPipeline, ["SortOrder"] = "Ascending" }
        );
        return [.. listed.PipelineExecutionSummaries];
    }

    /// <summary>Waits until this many executions have ended.</summary>
    public Task<IReadOnlyList<PipelineExecutionSummary>> EndedAsync(int count) =>
        Eventually.Async(
            ExecutionsAsync,
            all => all.Count >= count && all.All(one => one.PipelineExecutionStatus is not ("Executing" or "Stopping")),
            TimeSpan.FromMinutes(5)
        );

    /// <summary>Pushes, and waits for the first model. After this, deployments do not start automatically.</summary>
    public async Task RegisterWithoutDeploymentsAsync()
    {
        (await PlumbAsync("push")).Succeeded();
        await EndedAsync(1);
        await Loop.Clients.Events.DisableRuleAsync(new JsonObject { ["Name"] = Loop.Names.PackageRule });
    }

    /// <summary>Pushes, waits for the first model, approves it, and waits until it is in production.</summary>
    public async Task GoIntoProductionAsync()
    {
        (await PlumbAsync("push")).Succeeded();
        await EndedAsync(1);
        (await PlumbAsync("approve", "1", "--reason", "the first")).Succeeded();
        await Eventually.Async(
            async () => await new Loop.Deployment.Ledger(Loop).ReadAsync(),
            entries => entries.Count == 1,
            TimeSpan.FromMinutes(3)
        );
    }

    /// <summary>Registers the first version again.</summary>
    /// <param name="change">Changes the request.</param>
    /// <returns>The number of the new version, which is pending.</returns>
    public async Task<long> RegisterAgainAsync(Action<JsonObject>? change = null)
    {
        var sageMaker = Loop.Clients.SageMaker;
        var first = await sageMaker.DescribeModelPackageAsync(
            new JsonObject { ["ModelPackageName"] = Loop.Names.PackageArn(1) }
        );
        var again = new JsonObject();
        foreach (
            var member in (string[])
                ["ModelPackageGroupName", "InferenceSpecification", "ModelMetrics", "CustomerMetadataProperties"]
        )
        {
            again[member] = first.Tree[member]!.DeepClone();
        }

        again["CustomerMetadataProperties"]!.AsObject().Remove(ModelMetadata.Decision);
        again["ModelApprovalStatus"] = "PendingManualApproval";
        change?.Invoke(again);
        var made = await sageMaker.CreateModelPackageAsync(again);
        return long.Parse(made.Text("ModelPackageArn")!.Split('/')[^1], CultureInfo.InvariantCulture);
    }

    /// <summary>Invokes the model in production.</summary>
    public async Task<string> InvokeAsync(string rows)
    {
        var request = new InferenceRequest(Loop.Names.Endpoint, Encoding.UTF8.GetBytes(rows), "text/csv");
        return Encoding.UTF8.GetString((await Loop.Clients.Runtime.InvokeEndpointAsync(request)).Body.Span);
    }

    /// <summary>Moves the simulated time forward.</summary>
    public Task AdvanceAsync(TimeSpan step) => cloud.AdvanceAsync(step);

    /// <summary>Deletes the endpoint, whose model server would outlive its cloud.</summary>
    public static async Task TakeDownAsync(LoopContext loop)
    {
        var production = new Loop.Registry.ProductionModel(loop);
        try
        {
            await production.RemoveAsync();
            await Eventually.Async(async () => await production.FindAsync() is null);
        }
        catch (Aws.Errors.AwsException)
        {
            // The endpoint did not exist.
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await TakeDownAsync(Loop);
        if (stack is not null)
        {
            await stack.DisposeAsync();
        }

        await cloud.DisposeAsync();
        folder.Dispose();
    }

    private async Task UpAsync(int port)
    {
        cloud = await CloudProcess.StartAsync(
            Data,
            port,
            hasPackages ? NugetPackages.Variables() : new Dictionary<string, string>()
        );
        Folder = await ProjectFolder.OpenAsync(Project);
        Loop = await LoopContext.CreateAsync(Folder.Description, new LoopClients(cloud.Connection));
    }
}
