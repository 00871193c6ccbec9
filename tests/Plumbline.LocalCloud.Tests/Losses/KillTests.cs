using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.Losses;

[Collection("processes")]
[Trait(Nightly.Part, "kills")]
public sealed class KillTests : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();

    [ProgramFact("git", "bwrap", "timeout")]
    public async Task Kill_9_at_any_instant_loses_nothing_does_nothing_twice_and_leaves_nothing_stuck()
    {
        var rounds = Nightly.Or(3, 30);
        var random = Seeds.Random(62);
        var ledger = new Ledger(() => 0);
        await MixedLoad.WriteImagesAsync(Directory.CreateDirectory(folder.At("data")).FullName);
        for (var round = 0; round < rounds; round++)
        {
            if (random.Next(4) == 0)
            {
                await KillWhileStartingAsync(random.Next(200, 2000));
            }

            await LoadAndKillAsync(ledger, round, random.Next(20, 150));
        }

        using var cloud = await ChildCloud.StartAsync(folder.At("data"));
        using var connection = cloud.Connect();
        var check = new LedgerCheck(connection, Git(cloud));
        (await check.WrongAsync(ledger.Until(0), "Succeeded")).ShouldBeEmpty(ledger.Figures());
        Nightly.Note(
            "kills",
            $"{rounds} kills, {ledger.Count} acknowledged: {ledger.Figures()}; 0 lost, 0 twice, 0 stuck"
        );
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await LeftPrograms.EndAsync(folder.At("data"));
        folder.Dispose();
    }

    private GitClient Git(ChildCloud cloud) => new(cloud, folder.At("clones"));

    private async Task LoadAndKillAsync(Ledger ledger, int round, int writes)
    {
        using var cloud = await ChildCloud.StartAsync(folder.At("data"));
        using var connection = cloud.Connect();
        using var load = new MixedLoad(connection, ledger, Git(cloud), round);
        if (round == 0)
        {
            await load.PrepareAsync();
        }

        var before = ledger.Count;
        var writing = load.RunAsync();
        await Eventually.Async(() => writing.IsFaulted || ledger.Count > before + writes);
        load.Cut();
        cloud.Kill();
        await writing.InTimeAsync();
    }

    private async Task KillWhileStartingAsync(int milliseconds) =>
        await Shell.RunAsync(
            "timeout",
            ["--signal=KILL", $"{milliseconds / 1000.0}", "dotnet", ChildCloud.Program, folder.At("data")]
        );
}
