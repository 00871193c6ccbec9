using Plumbline.Cli;
using Plumbline.Cli.Demo;
using Plumbline.Loop;
using Plumbline.Loop.Project;
using Plumbline.Testing;
using Plumbline.WebConsole.People;

namespace Plumbline.WebConsole.Tests;

/// <summary>A local cloud with its console behind a proxy, three people who may sign in, and the digits project, pushed.</summary>
public sealed class ConsoleCloud : IAsyncLifetime
{
    /// <summary>Everybody's password.</summary>
    public const string Password = "plumb and true";

    private readonly TemporaryFolder folder = new();
    private CloudProcess cloud = null!;
    private LoopClients clients = null!;

    /// <summary>The cloud's data folder.</summary>
    public string Data => folder.At("data");

    /// <summary>Where the console is.</summary>
    public Uri Url { get; private set; } = null!;

    /// <summary>The project's loop.</summary>
    public LoopContext Loop { get; private set; } = null!;

    /// <summary>The people, as <c>plumb user</c> has them.</summary>
    public UserStore Users => new(Data);

    /// <summary>The digits.</summary>
    internal Digits Digits { get; } = Digits.Load();

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        cloud = await CloudProcess.StartAsync(Data, 0, "--public-host", TlsProxy.Name);
        Url = await cloud.ConsoleAsync();
        foreach (var role in Enum.GetValues<Role>())
        {
            Users.Put(role.ToString().ToLowerInvariant(), Password, role, TimeProvider.System.GetUtcNow());
        }

        var project = folder.At("digits");
        Directory.CreateDirectory(project);
        await File.WriteAllTextAsync(
            Path.Combine(project, "plumbline.yaml"),
            Quicker(Samples.Text("digits", "plumbline.yaml"))
        );
        await File.WriteAllTextAsync(Path.Combine(project, "buildspec.yml"), ProjectTemplate.Buildspec);
        await File.WriteAllTextAsync(Path.Combine(project, "data.csv"), Digits.BaseCsv());
        await new WorkTree(project).BeginAsync("Handwritten digits", CancellationToken.None);
        (await Plumb.RunAsync(project, Data, "push")).Succeeded();
        clients = new LoopClients(cloud.Connection);
        var description = (await ProjectFolder.OpenAsync(project)).Description;
        Loop = await LoopContext.CreateAsync(description, clients);
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        await TakeDownAsync();
        clients.Dispose();
        await cloud.DisposeAsync();
        folder.Dispose();
    }

    /// <summary>Moves civil time forward.</summary>
    public async Task AdvanceAsync(TimeSpan step)
    {
        using var http = new HttpClient(new LoopbackOnly());
        await cloud.Clock.AdvanceAsync(http, step, CancellationToken.None);
    }

    /// <summary>A client of the console as somebody, without a browser.</summary>
    public async Task<ConsoleClient> SignInAsync(Role role)
    {
        var client = new ConsoleClient(Url);
        await client.SignInAsync(role.ToString().ToLowerInvariant(), Password);
        return client;
    }

    private static string Quicker(string yaml) =>
        yaml.Replace("coolDown: 1h", "coolDown: 0s", StringComparison.Ordinal)
            .Replace("bake: 5s", "bake: 1s", StringComparison.Ordinal);

    /// <summary>Its model server would outlive it.</summary>
    private async Task TakeDownAsync()
    {
        var production = new global::Plumbline.Loop.Deployment.ProductionModel(Loop);
        try
        {
            await production.RemoveAsync();
            await Eventually.Async(async () => await production.FindAsync() is null);
        }
        catch (Aws.Errors.AwsException)
        {
            // There was none.
        }
    }
}
