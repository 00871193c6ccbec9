using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Aws.Errors;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Time;

namespace Plumbline.LocalCloud.Tests;

/// <summary>Requests to a running cloud, written as anonymous objects in AWS's member names.</summary>
public static class Calls
{
    public static Task<JsonObject> CallAsync(this RunningCloud cloud, string service, string operation, object input) =>
        cloud
            .Host.Services.GetRequiredService<Dispatcher>()
            .CallAsync(service, operation, JsonSerializer.SerializeToNode(input)!.AsObject(), Caller.Root);

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
}
