using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Identity;
using Plumbline.LocalCloud.Services.SageMaker.ModelPackageGroups;
using Plumbline.LocalCloud.Services.SageMaker.ModelPackages;
using Plumbline.LocalCloud.Services.SageMaker.Tags;
using Plumbline.LocalCloud.State;
using Plumbline.Testing;
using static Plumbline.LocalCloud.Tests.Connections;

namespace Plumbline.LocalCloud.Tests.SageMaker.Registry;

/// <summary>Uses a store without a server, so that its events are not delivered and can be read.</summary>
public sealed class ModelPackageEventTests : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private Database database = null!;
    private EventOutbox outbox = null!;
    private ModelPackageStore packages = null!;

    public async Task InitializeAsync()
    {
        database = Database.Open(folder.At("test.db"));
        var clock = new CivilClock(database);
        outbox = new EventOutbox(clock);
        var tags = new TagStore(database, clock);
        var groups = new ModelPackageGroupStore(database, clock, tags);
        packages = new ModelPackageStore(database, clock, groups, new ModelPackageEvents(outbox), tags);
        await groups.CreateAsync(
            new CreateModelPackageGroupInput(Json("""{"ModelPackageGroupName":"digits"}""")),
            Caller.Root
        );
    }

    public async Task DisposeAsync()
    {
        await database.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task A_new_package_and_each_change_of_it_raise_one_event()
    {
        var arn = await packages.CreateAsync(
            new CreateModelPackageInput(Json("""{"ModelPackageGroupName":"digits"}""")),
            Caller.Root
        );
        var change = Json("""{"ModelApprovalStatus":"Approved","ApprovalDescription":"better on recent"}""");
        change["ModelPackageArn"] = arn;
        await packages.UpdateAsync(new UpdateModelPackageInput(change), Caller.Root);

        var events = Events();

        events.Count.ShouldBe(2);
        events.ShouldAllBe(told => told.Text("detail-type") == "SageMaker Model Package State Change");
        events.ShouldAllBe(told => told.Texts("resources").Single() == arn);
        var (created, approved) = (events[0].Object("detail")!, events[1].Object("detail")!);
        created.Text("ModelApprovalStatus").ShouldBe("PendingManualApproval");
        created.ContainsKey("UpdatedModelPackageFields").ShouldBeFalse();
        approved.Text("ModelPackageGroupName").ShouldBe("digits");
        approved.Int("ModelPackageVersion").ShouldBe(1);
        approved.Text("ModelApprovalStatus").ShouldBe("Approved");
        approved.Texts("UpdatedModelPackageFields").ShouldBe(["ModelApprovalStatus", "ApprovalDescription"]);
    }

    [Fact]
    public async Task A_refused_change_raises_none()
    {
        await Should.ThrowAsync<Aws.Errors.AwsException>(() =>
            packages.UpdateAsync(new UpdateModelPackageInput(Json("""{"ModelPackageArn":"arn:none"}""")), Caller.Root)
        );

        Events().ShouldBeEmpty();
    }

    private List<JsonObject> Events() =>
        [.. database.Read(reader => outbox.Oldest(reader, 100)).Select(entry => JsonDepth.ReadKept(entry.Event))];
}
