using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Plumbline.Aws.Protocols;
using Plumbline.Loop.Deployment;
using Plumbline.Loop.Registry;
using Plumbline.Testing;

namespace Plumbline.Scenarios.Tests.OnAws;

/// <summary>
/// A loop in a real local cloud whose calls get AWS's errors. Each must give one line and exit code 1, without leaving
/// anything half done. Deployments do not start automatically here; the tests start them.
/// </summary>
public sealed class RefusalTests : IAsyncLifetime
{
    private RunningLoop running = null!;
    private RecordingProxy aws = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        running = await RunningLoop.StartAsync();
        aws = await RecordingProxy.StartAsync();
        await running.RegisterWithoutDeploymentsAsync();
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        await aws.DisposeAsync();
        await running.DisposeAsync();
    }

    [ProgramFact("git", "bwrap")]
    public async Task Each_refusal_is_one_line_and_leaves_nothing_half_done()
    {
        await ThrottlingAsync();
        await MissingPermissionAsync();
        await ExpiredTokenAsync();
        (await running.PlumbAsync("approve", "1", "--reason", "good", "--no-wait")).Succeeded();
        await QuotaAsync();
        // An approval whose deployment failed can be repeated without a rejection in between.
        (await running.PlumbAsync("approve", "1", "--reason", "the quota was raised", "--no-wait")).Succeeded();
        await HealthCheckAsync();
        (await running.PlumbAsync("reject", "1", "--reason", "does not answer")).Succeeded();
        (await running.PlumbAsync("approve", "1", "--reason", "again", "--no-wait")).Succeeded();
        await RollbackAsync();
    }

    private async Task ThrottlingAsync()
    {
        Answer("StartPipelineExecution", RecordedErrors.Throttled);
        (await FailureAsync("retrain")).ShouldContain("ThrottlingException: Rate exceeded (AWS limits the calls");
        aws.Calls.Count(call => call.Target.EndsWith("StartPipelineExecution", StringComparison.Ordinal))
            .ShouldBe(2, "AWS_MAX_ATTEMPTS says so");
        (await running.ExecutionsAsync()).Count.ShouldBe(1);
        await LastInHistoryAsync("retrain", "failed");

        // The lease must be released.
        aws.Instead = _ => null;
        (await PlumbAsync("retrain")).Succeeded().ShouldContain("Started");
        await running.EndedAsync(2);

        // As long as version 2 waits, it supersedes version 1.
        (await running.PlumbAsync("reject", "2", "--reason", "it learned nothing new")).Succeeded();
    }

    private async Task MissingPermissionAsync()
    {
        Answer("UpdateModelPackage", RecordedErrors.Denied);
        var line = await FailureAsync("approve", "1", "--reason", "good");
        line.ShouldContain("not authorized to perform: sagemaker:UpdateModelPackage");
        line.ShouldContain("ask the administrator of the account");
        await LastInHistoryAsync("approve", "failed");
        (await running.PlumbAsync("models")).Succeeded().ShouldContain("Pending");

        aws.Instead = request =>
            request.Path.StartsWithSegments($"/{running.Loop.Names.Bucket}") ? RecordedErrors.BucketDenied : null;
        (await FailureAsync("history")).ShouldContain(
            "AccessDenied: User: arn:aws:sts::123456789012:assumed-role/people/ann"
        );
    }

    private async Task ExpiredTokenAsync()
    {
        Answer("ListModelPackages", RecordedErrors.Expired);
        (await FailureAsync("models")).ShouldContain("aws sso login");
    }

    private async Task QuotaAsync()
    {
        Answer("CreateEndpoint", RecordedErrors.NoQuota);
        var line = await NotDeployedAsync();
        line.ShouldStartWith(
            "failed: Version 1: ResourceLimitExceeded: The account-level service limit 'ml.g4dn.xlarge for endpoint usage' is 0"
        );
        line.ShouldContain("Service Quotas");
        (await new ProductionModel(running.Loop).FindAsync()).ShouldBeNull();
        (await new Ledger(running.Loop).ReadAsync()).ShouldHaveSingleItem().Outcome.ShouldBe("failed");
        await LastInHistoryAsync("deploy", "failed");
    }

    private async Task HealthCheckAsync()
    {
        const string Reason =
            "The primary container for production variant AllTraffic did not pass the ping health check. "
            + "Please check CloudWatch logs for this endpoint.";
        var configs = await running.Loop.Clients.SageMaker.ListEndpointConfigsAsync();
        var config = configs.Objects("EndpointConfigs").Single().Text("EndpointConfigName")!;
        var asked = false;
        aws.Instead = request =>
            IsOf(request, "CreateEndpoint") ? Taken(out asked)
            : IsOf(request, "DescribeEndpoint") && asked ? Endpoint(config, "Failed", Reason)
            : null;

        (await NotDeployedAsync()).ShouldBe($"failed: Version 1: {Reason}");
        (await new Ledger(running.Loop).ReadAsync())[^1].Detail!.ShouldContain(Reason);
        await LastInHistoryAsync("deploy", "failed");
    }

    private async Task RollbackAsync()
    {
        const string Reason = "Alarm moons-5xx in account 123456789012 went into ALARM state.";
        await running.Loop.Clients.SageMaker.CreateEndpointConfigAsync(
            new JsonObject
            {
                ["EndpointConfigName"] = "moons-before",
                ["ProductionVariants"] = new JsonArray(
                    new JsonObject
                    {
                        ["VariantName"] = "AllTraffic",
                        ["ModelName"] = "moons-v1",
                        ["InstanceType"] = "ml.m5.large",
                        ["InitialInstanceCount"] = 1,
                    }
                ),
            }
        );
        var asked = false;
        aws.Instead = request =>
            IsOf(request, "UpdateEndpoint") ? Taken(out asked)
            : IsOf(request, "DescribeEndpoint") ? Endpoint("moons-before", "InService", asked ? Reason : null)
            : null;

        (await NotDeployedAsync()).ShouldBe($"rolledBack: Version 1 was rolled back to moons-before: {Reason}");
        (await new Ledger(running.Loop).ReadAsync())[^1].Outcome.ShouldBe("rolledBack");
        await LastInHistoryAsync("deploy", "rolledBack");
    }

    private string Package => running.Loop.Names.PackageArn(1);

    private static bool IsOf(HttpRequest request, string operation) =>
        request.Headers["X-Amz-Target"].ToString() == $"SageMaker.{operation}";

    private static CannedAnswer Taken(out bool asked)
    {
        asked = true;
        return Json(new JsonObject { ["EndpointArn"] = "arn:aws:sagemaker:us-east-1:123456789012:endpoint/moons" });
    }

    private static CannedAnswer Endpoint(string config, string status, string? reason)
    {
        var endpoint = new JsonObject
        {
            ["EndpointName"] = "moons",
            ["EndpointArn"] = "arn:aws:sagemaker:us-east-1:123456789012:endpoint/moons",
            ["EndpointConfigName"] = config,
            ["EndpointStatus"] = status,
            ["CreationTime"] = 1_764_000_000,
            ["LastModifiedTime"] = 1_764_000_000,
        };
        if (reason is not null)
        {
            endpoint["FailureReason"] = reason;
        }

        return Json(endpoint);
    }

    private static CannedAnswer Json(JsonObject body) => new(200, "application/x-amz-json-1.1", body.ToJsonString());

    private void Answer(string operation, CannedAnswer answer) =>
        aws.Instead = request => IsOf(request, operation) ? answer : null;

    private Task<ShellResult> PlumbAsync(params string[] arguments) =>
        Shell.RunAsync(
            Plumb.Program,
            arguments,
            new Dictionary<string, string>
            {
                ["PLUMBLINE_DATA"] = running.Data,
                ["http_proxy"] = aws.Url,
                ["AWS_MAX_ATTEMPTS"] = "2",
            },
            running.Project
        );

    /// <summary>The single line of a failed command.</summary>
    private async Task<string> FailureAsync(params string[] arguments)
    {
        var run = await PlumbAsync(arguments);
        run.ExitCode.ShouldBe(1, run.Output + run.Error);
        run.Output.ShouldBe("");
        return run
            .Error.Split('\n')
            .Where(line => line.StartsWith("plumb: ", StringComparison.Ordinal))
            .ShouldHaveSingleItem();
    }

    /// <summary>The message of a deployment that ran but did not succeed.</summary>
    private async Task<string> NotDeployedAsync()
    {
        var run = await PlumbAsync("deploy", "--package", Package);
        run.ExitCode.ShouldBe(1, run.Error);
        run.Error.ShouldBe("");
        return run.Output.TrimEnd();
    }

    private async Task LastInHistoryAsync(string what, string outcome)
    {
        var entry = (await running.Loop.History.ReadAsync())[^1];
        entry.Act.What.ShouldBe(what);
        entry.Outcome.ShouldNotBeNull().Outcome.ShouldBe(outcome);
    }
}
