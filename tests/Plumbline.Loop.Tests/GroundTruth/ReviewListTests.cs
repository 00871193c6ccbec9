using System.Text.Json;
using Plumbline.Loop.GroundTruth;
using Plumbline.Loop.Status;
using Plumbline.Records;
using Plumbline.Records.GroundTruth;
using Plumbline.Records.Monitoring;
using static Plumbline.Loop.Tests.CaptureCloud;

namespace Plumbline.Loop.Tests.GroundTruth;

public sealed class ReviewListTests : IAsyncLifetime
{
    private readonly CaptureCloud cloud = new();

    public Task InitializeAsync() => cloud.InitializeAsync();

    public Task DisposeAsync() => cloud.DisposeAsync();

    [Fact]
    public async Task A_broken_line_of_a_review_list_is_counted_with_its_place_and_the_others_are_shown()
    {
        var item = new ReviewItem
        {
            JoinKey = "a",
            InferenceTime = Noon,
            Endpoint = "pets",
            Features = "1",
            Predicted = "cat",
            List = ReviewList.Audit,
        };
        await cloud.Loop.Bucket.PutTextAsync(Layout.AuditQueue, $"{{\"joinKey\":1\n{RecordJson.Write(item)}\n");
        await cloud.Loop.Bucket.PutTextAsync(Layout.UncertainQueue, "\nnot an item\n");
        var reviews = new Reviews(cloud.Loop);

        (await reviews.AuditListAsync()).Single().JoinKey.ShouldBe("a");
        (await reviews.UncertainListAsync()).ShouldBeEmpty();
        var status = await LoopStatus.ReadAsync(cloud.Loop);

        status.SetAside.Lines.ShouldBe(2);
        status.SetAside.First[0].ShouldStartWith("monitor/queue/audit.jsonl:1: is not a ReviewItem");
        status.SetAside.First[1].ShouldStartWith("monitor/queue/uncertain.jsonl:2: ");
        JsonSerializer.Serialize(status, RecordJson.Compact).ShouldContain("uncertain.jsonl:2: ");
    }
}
