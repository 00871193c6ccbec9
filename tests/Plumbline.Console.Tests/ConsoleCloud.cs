using Plumbline.Cli.Demo;
using Plumbline.Loop.Home;
using Plumbline.Loop.Project;
using Plumbline.Testing;
using Plumbline.WebConsole.People;

namespace Plumbline.WebConsole.Tests;

/// <summary>A local cloud with its console behind a proxy, three users, and the pushed digits project.</summary>
public sealed class ConsoleCloud : IAsyncLifetime
{
    /// <summary>The password of all users.</summary>
    public const string Password = "plumb and true";

    private readonly TemporaryFolder folder = new();
    private CloudProcess cloud = null!;
    private LoopClients clients = null!;

    public string Data => folder.At("data");

    /// <summary>The address of the console.</summary>
    public Uri Url { get; private set; } = null!;

    public LoopContext Loop { get; private set; } = null!;

    /// <summary>The users of <c>plumb user</c>.</summary>
    public UserStore Users => new(Data);

    internal Digits Digits { get; } = Digits.Load();

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        cloud = await CloudProcess.StartAsync(Data, 0, "--public-host", TlsProxy.Name);
        Url = await cloud.ConsoleAsync();
        foreach (var role in Enum.GetValues<UserRole>())
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

    /// <summary>Moves the simulated time forward.</summary>
    public Task AdvanceAsync(TimeSpan step) => cloud.AdvanceAsync(step);

    /// <summary>Signs in as a user of this role, without a browser.</summary>
    public async Task<ConsoleClient> SignInAsync(UserRole role)
    {
        var client = new ConsoleClient(Url);
        await client.SignInAsync(role.ToString().ToLowerInvariant(), Password);
        return client;
    }

    private static string Quicker(string yaml) =>
        yaml.Replace("coolDown: 1h", "coolDown: 0s", StringComparison.Ordinal)
            .Replace("bake: 5s", "bake: 1s", StringComparison.Ordinal);

    /// <summary>Removes the endpoint, whose model server would outlive the cloud.</summary>
    private async Task TakeDownAsync()
    {
        var production = new global::Plumbline.Loop.Registry.ProductionModel(Loop);
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
}
