using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.State.Removal;
using Plumbline.LocalCloud.Tests.Poison;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.State.Removal;

public sealed class TrashTests : IDisposable
{
    private readonly TemporaryFolder data = new();

    public void Dispose() => data.Dispose();

    public static TheoryData<string> Kinds => Leavings.Names;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_folder_is_removed_whatever_it_holds(string kind)
    {
        var folder = Directory.CreateDirectory(data.At("jobs/one/root")).FullName;
        (await Shell.RunAsync("sh", ["-c", Leavings.At(Path.Combine(folder, "left"), kind)])).Succeeded();

        Trash.Remove(data.At("jobs/one"), data.Path);

        Directory.Exists(data.At("jobs/one")).ShouldBeFalse();
        Trash.List(data.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_the_careful_remover_is_given_is_gone_however_deep_odd_and_closed_it_is()
    {
        var folder = Directory.CreateDirectory(data.At("all")).FullName;
        foreach (var (kind, number) in Leavings.Kinds.Keys.Select((kind, number) => (kind, number)))
        {
            (await Shell.RunAsync("sh", ["-c", Leavings.At(Path.Combine(folder, $"left-{number}"), kind)])).Succeeded();
        }

        CarefulRemover.Empty(folder).ShouldBeNull();

        Directory.GetFileSystemEntries(folder).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_lies_in_the_trash_is_counted_and_is_gone_after_a_restart()
    {
        var cloud = new RunningCloud();
        await cloud.InitializeAsync();
        try
        {
            Directory.CreateDirectory(Path.Combine(cloud.DataFolder, "trash", "folders", "one-left", "held", "below"));
            (await cloud.HealthAsync())
                .Objects("items")
                .ShouldContain(item => item.Text("kind") == "folder" && item.Text("name")!.EndsWith("one-left"));

            await cloud.RestartAsync();

            await Eventually.Async(() => Task.FromResult(Trash.List(cloud.DataFolder).Count), count => count == 0);
        }
        finally
        {
            await cloud.DisposeAsync();
        }
    }
}
