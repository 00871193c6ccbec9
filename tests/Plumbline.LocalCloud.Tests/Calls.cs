using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Aws.Client;
using Plumbline.Aws.Client.Services;
using Plumbline.Aws.Errors;
using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Tests;

/// <summary>
/// Sends requests to a running cloud over the wire, written as anonymous objects with AWS's member names.
/// </summary>
public static class Calls
{
    private static readonly ConditionalWeakTable<RunningCloud, AwsConnection> Connected = [];

    public static Task<JsonObject> CallAsync(this RunningCloud cloud, string service, string operation, object input) =>
        Client(service, Connected.GetValue(cloud, found => found.Connect()))
            .CallAsync(operation, JsonSerializer.SerializeToNode(input)!.AsObject());

    public static Task<AwsException> RefusalAsync(
        this RunningCloud cloud,
        string service,
        string operation,
        object input
    ) => Should.ThrowAsync<AwsException>(() => cloud.CallAsync(service, operation, input));

    public static Task MoveClockAsync(this RunningCloud cloud, TimeSpan step) =>
        cloud.Host.Services.GetRequiredService<CivilClock>().AdvanceAsync(step);

    public static DateTimeOffset CivilNow(this RunningCloud cloud) =>
        cloud.Host.Services.GetRequiredService<CivilClock>().GetUtcNow();

    /// <summary>Returns a service's client by the service's signing name.</summary>
    internal static AwsClient Client(string service, AwsConnection connection) =>
        service switch
        {
            "codebuild" => new CodeBuildClient(connection),
            "codecommit" => new CodeCommitClient(connection),
            "events" => new EventsClient(connection),
            "iam" => new IamClient(connection),
            "logs" => new LogsClient(connection),
            "monitoring" => new CloudWatchClient(connection),
            "sagemaker" => new SageMakerClient(connection),
            "sns" => new SnsClient(connection),
            "sts" => new StsClient(connection),
            _ => throw new ArgumentException($"Calls has no client for {service}: add one.", nameof(service)),
        };
}
