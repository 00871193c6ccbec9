using Microsoft.Extensions.Logging;
using Plumbline.Loop.Home;
using Plumbline.Loop.Resources;
using Plumbline.Loop.Training;
using Plumbline.Records;
using Plumbline.Records.Project;
using Plumbline.Testing;
using Plumbline.WebConsole;
using Plumbline.WebConsole.People;

namespace Plumbline.Client.Tests;

/// <summary>A console of a local cloud with one project, and a token.</summary>
public sealed class TruthConsole : IAsyncLifetime
{
    private readonly CloudHere cloud = new();
    private ConsoleHost console = null!;
    private LoopClients clients = null!;

    public LoopContext Loop { get; private set; } = null!;

    public string Token { get; private set; } = "";

    public Uri Url => console.Endpoint;

    public TokenStore Tokens => new(Folder);

    /// <summary>The folder of the console's users and tokens.</summary>
    public string Folder => cloud.At("console");

    public async Task InitializeAsync()
    {
        await cloud.StartAsync();
        clients = new LoopClients(cloud.Connection);
        console = await ConsoleHost.StartAsync(
            new ConsoleOptions { Connection = cloud.Connection, Folder = Folder },
            logging => logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Error)
        );
        var project = ProjectDescription.Parse("name: visits\ndata: {file: data.csv}\nlabels: [no, yes]\n");
        Loop = await LoopContext.CreateAsync(project, clients);
        var key = Layout.ProjectDescription(new string('1', 64));
        await new ResourceApplier(Loop).ApplyAsync(
            new TrainingInputs(Layout.BaseData(new string('0', 64)), key, TrainingInputs.NoCommit, null),
            report: null,
            CancellationToken.None
        );
        await Loop.Bucket.PutTextAsync(key, project.ToJson());
        Token = Tokens.Add("billing", TimeProvider.System.GetUtcNow());
        new UserStore(Folder).Put("rev", "plumb and true", UserRole.Reviewer, TimeProvider.System.GetUtcNow());
    }

    public async Task DisposeAsync()
    {
        await console.DisposeAsync();
        clients.Dispose();
        await cloud.DisposeAsync();
    }

    /// <summary>The keys and texts of delivered truths.</summary>
    public async Task<IReadOnlyDictionary<string, string>> DeliveredAsync()
    {
        var all = new Dictionary<string, string>();
        await foreach (var item in Loop.Bucket.ListAsync(Layout.GroundTruth))
        {
            all[item.Key] = (await Loop.Bucket.FindTextAsync(item.Key))!;
        }

        return all;
    }
}
