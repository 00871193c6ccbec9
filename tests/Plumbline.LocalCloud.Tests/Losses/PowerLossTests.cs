using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.Losses;

[Collection("processes")]
[Trait(Nightly.Part, "power")]
public sealed class PowerLossTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [ProgramFact("gcc", "git", "bwrap")]
    public async Task After_a_power_loss_at_any_instant_the_cloud_starts_and_has_what_it_had_acknowledged()
    {
        var rounds = Nightly.Or(1, 3);
        var instants = Nightly.Or(2, 10);
        var random = Seeds.Random(61);
        var acknowledged = 0;
        for (var round = 0; round < rounds; round++)
        {
            acknowledged += await LoseAsync(round, instants, random);
        }

        Nightly.Note("power", $"{rounds * instants} instants, {acknowledged} acknowledged and there, 0 lost, 0 stuck");
    }

    public void Dispose() => folder.Dispose();

    /// <summary>
    /// Loads a cloud, and starts others on the folders that a power loss at several instants would have left.
    /// </summary>
    /// <returns>The number of checked acknowledgements.</returns>
    private async Task<int> LoseAsync(int round, int instants, Random random)
    {
        var data = folder.At($"{round}", "data");
        var flushed = await FlushLog.MakeAsync(folder.At($"{round}", "flushed"), data);
        var ledger = new Ledger(() => flushed.Length);
        await MixedLoad.WriteImagesAsync(data);
        var begin = await LoadAsync(data, flushed, ledger, round);
        var end = flushed.Length;
        var acknowledged = 0;
        for (var instant = 0; instant < instants; instant++)
        {
            var at = instant == 0 ? end : random.NextInt64(begin, end);
            var entries = ledger.Until(at);
            var left = folder.At($"{round}", $"at-{at}");
            flushed.Replay(at, left);
            // The tests write images.json, not the cloud, so its flushes are not recorded.
            await MixedLoad.WriteImagesAsync(left);
            (await WrongAsync(left, entries)).ShouldBeEmpty(
                $"round {round}, at {at} of {begin} to {end}: {ledger.Figures()}"
            );
            acknowledged += entries.Count;
            Directory.Delete(Path.Combine(left, "objects"), recursive: true);
        }

        return acknowledged;
    }

    private async Task<IReadOnlyList<string>> WrongAsync(string left, List<Acknowledged> entries)
    {
        using var cloud = await ChildCloud.StartAsync(left);
        using var connection = cloud.Connect();
        var check = new LedgerCheck(connection, new GitClient(cloud, folder.At("clones")));
        // A running job ends with the machine; its execution fails, unless it was already done.
        try
        {
            return await check.WrongAsync(entries, "Succeeded", "Failed");
        }
        finally
        {
            cloud.Kill();
            await LeftPrograms.EndAsync(left);
        }
    }

    /// <returns>The position in the record from which all resources of the clients exist.</returns>
    private async Task<long> LoadAsync(string data, FlushLog flushed, Ledger ledger, int round)
    {
        using var cloud = await ChildCloud.StartAsync(data, flushed.Under);
        using var connection = cloud.Connect();
        using var load = new MixedLoad(connection, ledger, new GitClient(cloud, folder.At("clones")), round);
        await load.PrepareAsync();
        var begin = flushed.Length;
        var writing = load.RunAsync();
        await Eventually.Async(
            () => writing.IsFaulted || ledger.Count > Nightly.Or(400, 2500),
            TimeSpan.FromMinutes(3)
        );
        load.Cut();
        cloud.Kill();
        await writing.InTimeAsync();
        await LeftPrograms.EndAsync(data);
        return begin;
    }
}
