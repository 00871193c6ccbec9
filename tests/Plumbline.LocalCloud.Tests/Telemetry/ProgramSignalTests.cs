using System.Diagnostics;
using Plumbline.LocalCloud.Tests.SageMaker.Endpoints;
using Plumbline.LocalCloud.Tests.SageMaker.Jobs;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.Telemetry;

/// <summary>The signals of jobs and of invocations.</summary>
[Collection("processes")]
public sealed class ProgramSignalTests
{
    private const string Outcome = "plumbline.job.outcome";

    [Fact]
    public async Task A_job_is_one_activity_with_its_outcome()
    {
        await using var cloud = new Lasting<JobCloud>(new JobCloud());
        await cloud.Value.InitializeAsync();
        using var heard = new HeardSignals();

        await cloud.Value.ProcessAsync(JobCloud.Processing("heard-well", "true"));
        await cloud.Value.ProcessAsync(JobCloud.Processing("heard-badly", "exit 3"));

        var well = await JobAsync("heard-well");
        well.GetTagItem("plumbline.job.kind").ShouldBe("processing");
        ((string?)well.GetTagItem("plumbline.job.instance_type")).ShouldStartWith("ml.");
        well.GetTagItem(Outcome).ShouldBe("Completed");
        well.Status.ShouldBe(ActivityStatusCode.Unset);
        var badly = await JobAsync("heard-badly");
        badly.GetTagItem(Outcome).ShouldBe("Failed");
        badly.Status.ShouldBe(ActivityStatusCode.Error);
        badly.StatusDescription!.ShouldEndWith("exit code: 3");
        heard
            .Of("plumbline.jobs", Outcome, "Completed")
            .ShouldHaveSingleItem()
            .Tags["plumbline.job.kind"]
            .ShouldBe("processing");
        heard.Of("plumbline.jobs", Outcome, "Failed").ShouldHaveSingleItem();

        async Task<Activity> JobAsync(string name)
        {
            await Eventually.Async(() => heard.With("plumbline.job.name", name).Count > 0);
            return heard.With("plumbline.job.name", name).ShouldHaveSingleItem();
        }
    }

    [Fact]
    public async Task An_invocation_is_counted_by_endpoint_and_variant_and_is_one_activity()
    {
        await using var cloud = new Lasting<EndpointCloud>(new EndpointCloud());
        await cloud.Value.InitializeAsync();
        await cloud.Value.CreateAsync("heard", await cloud.Value.ConfigureAsync("heard", "yes"));
        using var heard = new HeardSignals();

        await cloud.Value.AskAsync("heard", "1");

        await Eventually.Async(() => heard.With("rpc.method", "InvokeEndpoint").Count > 0);
        var activity = heard.With("rpc.method", "InvokeEndpoint").ShouldHaveSingleItem();
        activity.DisplayName.ShouldBe("sagemaker-runtime/InvokeEndpoint");
        activity.GetTagItem("url.path").ShouldBe("/endpoints/heard/invocations");
        var counted = heard.Of("plumbline.endpoint.invocations", "plumbline.endpoint", "heard").ShouldHaveSingleItem();
        counted.Value.ShouldBe(1);
        counted.Tags["plumbline.variant"].ShouldBe("AllTraffic");
        counted.Tags["plumbline.model.status"].ShouldBe(200);
        heard
            .Of("plumbline.endpoint.invocation.duration", "plumbline.endpoint", "heard")
            .ShouldHaveSingleItem()
            .Value.ShouldBeGreaterThan(0);
    }

    private sealed class Lasting<T>(T value) : IAsyncDisposable
        where T : IAsyncLifetime
    {
        public T Value => value;

        public async ValueTask DisposeAsync() => await value.DisposeAsync();
    }
}
