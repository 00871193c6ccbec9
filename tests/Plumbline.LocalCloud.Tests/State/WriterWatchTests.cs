using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.State;
using Plumbline.LocalCloud.Tests.Events;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.State;

/// <summary>A write that does not end, on the only thread that writes.</summary>
public sealed class WriterWatchTests : IAsyncLifetime, IDisposable
{
    private readonly RunningCloud cloud = new() { LongestWrite = TimeSpan.FromSeconds(3) };
    private readonly ManualResetEventSlim release = new();

    public Task InitializeAsync() => cloud.InitializeAsync();

    public async Task DisposeAsync()
    {
        release.Set();
        await cloud.DisposeAsync();
    }

    public void Dispose() => release.Dispose();

    [Fact]
    public async Task While_a_change_does_not_end_the_others_are_refused_by_its_name_and_reads_go_on()
    {
        await cloud.TopicAsync("before");

        var stuck = AddAnItemAndWaitAsync();
        var refused = await cloud.RefusalAsync("sns", "CreateTopic", new { Name = "meanwhile" }).InTimeAsync();
        var writer = (await cloud.HealthAsync()).Object("writer")!;

        (refused.Code, refused.Status).ShouldBe(("ServiceUnavailable", 503));
        refused.Message.ShouldContain("WriterWatchTests.AddAnItemAndWaitAsync");
        writer.Text("operation").ShouldBe("WriterWatchTests.AddAnItemAndWaitAsync");
        ((bool)writer["refuses"]!).ShouldBeTrue();
        (await cloud.CallAsync("sns", "ListTopics", new { })).Objects("Topics").Count().ShouldBe(1);
        await Should.ThrowAsync<DatabaseBusyException>(() => stuck.InTimeAsync());
    }

    [Fact]
    public async Task A_change_that_was_refused_is_not_kept_and_the_next_one_is()
    {
        await Should.ThrowAsync<DatabaseBusyException>(() => AddAnItemAndWaitAsync().InTimeAsync());

        release.Set();
        await Eventually.Async(() => Task.FromResult(Database.Turn), turn => turn is null);
        await cloud.TopicAsync("after");

        Database
            .Read(connection => connection.ExecuteScalar<int>("SELECT COUNT(*) FROM set_aside WHERE name = 'stuck'"))
            .ShouldBe(0);
        (await cloud.CallAsync("sns", "ListTopics", new { })).Objects("Topics").Count().ShouldBe(1);
    }

    private Database Database => cloud.Host.Services.GetRequiredService<Database>();

    private Task AddAnItemAndWaitAsync() =>
        Database.WriteAsync(connection =>
        {
            SetAsideItems.Add(connection, "test", "stuck", "", "");
            release.Wait(InTime.Limit);
        });
}
