using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Http;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Processes.Jobs;
using Plumbline.LocalCloud.Services.SageMaker.Hosting.Metrics;
using Plumbline.LocalCloud.Services.SageMakerRuntime.Invocations;
using Plumbline.LocalCloud.Tests.SageMaker.Pipelines;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.Telemetry;

/// <summary>
/// The signals of requests and steps. Listeners hear the whole process, so that no other test may run meanwhile.
/// </summary>
[Collection("processes")]
public sealed class SignalTests(RunningCloud cloud) : IClassFixture<RunningCloud>
{
    private const string Duration = "http.server.request.duration";

    [Fact]
    public async Task A_request_is_one_activity_with_its_service_operation_and_status()
    {
        using var heard = new HeardSignals();

        await cloud.CallAsync("sts", "GetCallerIdentity", new { });

        await Eventually.Async(() => heard.Of(Duration, "rpc.method", "GetCallerIdentity").Count > 0);
        var activity = (
            await Eventually.Async(
                () => Task.FromResult(heard.With("rpc.method", "GetCallerIdentity")),
                found => found.Count > 0
            )
        ).ShouldHaveSingleItem();
        activity.Kind.ShouldBe(ActivityKind.Server);
        activity.DisplayName.ShouldBe("sts/GetCallerIdentity");
        activity.GetTagItem("rpc.system").ShouldBe("aws-api");
        activity.GetTagItem("rpc.service").ShouldBe("sts");
        activity.GetTagItem("http.request.method").ShouldBe("POST");
        activity.GetTagItem("url.path").ShouldBe("/");
        activity.GetTagItem("http.response.status_code").ShouldBe(200);
        Guid.TryParse((string?)activity.GetTagItem("aws.request_id"), out _).ShouldBeTrue();
        activity.GetTagItem("error.type").ShouldBeNull();
        activity.ParentId.ShouldBeNull("the web server's own activity is not exported");
        var duration = heard.Of(Duration, "rpc.method", "GetCallerIdentity").ShouldHaveSingleItem();
        duration.Value.ShouldBeInRange(1e-6, 60);
        duration.Tags["rpc.service"].ShouldBe("sts");
        duration.Tags["http.response.status_code"].ShouldBe(200);
    }

    [Fact]
    public async Task An_error_has_the_code_that_the_client_got()
    {
        using var heard = new HeardSignals();

        var refusal = await cloud.RefusalAsync(
            "sagemaker",
            "DescribeTrainingJob",
            new { TrainingJobName = "not valid!" }
        );

        await Eventually.Async(() => heard.Of(Duration, "rpc.method", "DescribeTrainingJob").Count > 0);
        await Eventually.Async(() => heard.With("rpc.method", "DescribeTrainingJob").Count > 0);
        var activity = heard.With("rpc.method", "DescribeTrainingJob").ShouldHaveSingleItem();
        activity.GetTagItem("error.type").ShouldBe(refusal.Code);
        activity.GetTagItem("http.response.status_code").ShouldBe(refusal.Status);
        activity.Status.ShouldBe(ActivityStatusCode.Unset, "the client made the error");
        heard
            .Of(Duration, "rpc.method", "DescribeTrainingJob")
            .ShouldHaveSingleItem()
            .Tags["error.type"]
            .ShouldBe(refusal.Code);
    }

    [Fact]
    public async Task A_client_that_traces_is_the_parent()
    {
        using var heard = new HeardSignals();
        using var http = new HttpClient(new LoopbackOnly());
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(cloud.Host.Endpoint, "/unsigned-bucket"));
        request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

        using var answer = await http.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        await Eventually.Async(() => heard.With("url.path", "/unsigned-bucket").Count > 0);
        var activity = heard.With("url.path", "/unsigned-bucket").ShouldHaveSingleItem();
        activity.TraceId.ToString().ShouldBe("0af7651916cd43dd8448eb211c80319c");
        activity.ParentSpanId.ToString().ShouldBe("b7ad6b7169203331");
        activity.GetTagItem("error.type").ShouldBe("AccessDenied");
    }

    [Fact]
    public async Task A_step_is_one_activity_and_its_calls_are_children()
    {
        using var heard = new HeardSignals();
        var definition = $$$$$"""
            {"Steps":[{{{{{StepTexts.Model("Good")}}}}},
              {"Name":"Bad","Type":"Fail","DependsOn":["Good"],"Arguments":{"ErrorMessage":"too low"}}]}
            """;

        await new PipelineCalls(cloud).RunAsync("Signals", definition);

        var good = await StepAsync("Good");
        good.GetTagItem("plumbline.pipeline.name").ShouldBe("Signals");
        ((string?)good.GetTagItem("plumbline.pipeline.execution")).ShouldStartWith("arn:aws:sagemaker:");
        good.GetTagItem("plumbline.pipeline.step.type").ShouldBe("Model");
        good.GetTagItem("plumbline.pipeline.step.outcome").ShouldBe("Succeeded");
        heard.With("rpc.method", "CreateModel").ShouldHaveSingleItem().ParentSpanId.ShouldBe(good.SpanId);
        var bad = await StepAsync("Bad");
        bad.GetTagItem("plumbline.pipeline.step.outcome").ShouldBe("Failed");
        bad.Status.ShouldBe(ActivityStatusCode.Error);
        bad.ParentSpanId.ShouldNotBe(good.SpanId, "a step is not part of the one before");
        heard
            .Of("plumbline.pipeline.steps", "plumbline.pipeline.step.outcome", "Succeeded")
            .ShouldHaveSingleItem()
            .Tags["plumbline.pipeline.step.type"]
            .ShouldBe("Model");
        heard.Of("plumbline.pipeline.steps", "plumbline.pipeline.step.outcome", "Failed").ShouldHaveSingleItem();

        async Task<Activity> StepAsync(string name)
        {
            await Eventually.Async(() => heard.With("plumbline.pipeline.step.name", name).Count > 0);
            return heard.With("plumbline.pipeline.step.name", name).ShouldHaveSingleItem();
        }
    }

    [Fact]
    public void Without_listeners_nothing_is_created()
    {
        var context = new DefaultHttpContext();
        var order = new JobOrder("training-a", "a", "role", "ml.m5.large", 1, null, default, true, false, "g", "s");
        var end = new JobEnd(JobOutcome.Completed, null, 1);
        var variant = new VariantMetrics("endpoint", "variant", "config");
        Touch();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 100; round++)
        {
            Touch();
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);

        void Touch()
        {
            if (RequestSignal.Begin(context) is not null || RequestSignal.Of(context) is not null)
            {
                throw new InvalidOperationException("A request's signal exists although nobody listens.");
            }

            if (JobSignal.Begin(order) is not null)
            {
                throw new InvalidOperationException("A job's activity exists although nobody listens.");
            }

            JobSignal.End(null, order, end);
            InvocationSignal.Add(variant, new InvocationOutcome(200, ModelFailed: false, null, default));
        }
    }
}
