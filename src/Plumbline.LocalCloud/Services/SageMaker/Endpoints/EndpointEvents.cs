using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Services.SageMaker.Endpoints;

/// <summary>Raises events for an endpoint's status and for the steps of an update.</summary>
internal sealed class EndpointEvents(EventOutbox outbox)
{
    private static readonly string[] Told =
    [
        "EndpointName",
        "EndpointArn",
        "EndpointConfigName",
        "ProductionVariants",
        "FailureReason",
    ];

    /// <summary>Raises the event for a new status of an endpoint.</summary>
    public void AddStateChange(SqliteConnection connection, JsonObject endpoint) =>
        Add(connection, "SageMaker Endpoint State Change", endpoint, Detail(endpoint));

    /// <summary>Raises the event for an update that begins, bakes, is rolled back, or completes.</summary>
    public void AddDeploymentStateChange(SqliteConnection connection, JsonObject endpoint)
    {
        var detail = Detail(endpoint);
        if (endpoint.Object("PendingDeploymentSummary") is { } pending)
        {
            var told = pending.DeepClone().AsObject();
            told["StartTime"] = pending.Time("StartTime")?.ToUnixTimeMilliseconds();
            detail["PendingDeploymentSummary"] = told;
        }

        Add(connection, "SageMaker Endpoint Deployment State Change", endpoint, detail);
    }

    private static JsonObject Detail(JsonObject endpoint)
    {
        var detail = new JsonObject();
        foreach (var name in Told.Where(endpoint.ContainsKey))
        {
            detail[name] = endpoint[name]?.DeepClone();
        }

        detail["EndpointStatus"] = UpperSnake(endpoint.Text("EndpointStatus")!);
        detail["CreationTime"] = endpoint.Time("CreationTime")?.ToUnixTimeMilliseconds();
        detail["LastModifiedTime"] = endpoint.Time("LastModifiedTime")?.ToUnixTimeMilliseconds();
        detail["Tags"] = new JsonObject();
        return detail;
    }

    /// <summary>Converts the API's InService to IN_SERVICE, which events use.</summary>
    private static string UpperSnake(string status) =>
        string.Concat(status.Select((letter, at) => at > 0 && char.IsUpper(letter) ? $"_{letter}" : $"{letter}"))
            .ToUpperInvariant();

    private void Add(SqliteConnection connection, string type, JsonObject endpoint, JsonObject detail) =>
        outbox.Add(connection, "aws.sagemaker", type, detail, endpoint.Text("EndpointArn")!);
}
