using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Services.SageMaker.Hosting.Endpoints;

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
    public void AddStateChange(SqliteConnection connection, DescribeEndpointOutput endpoint) =>
        Add(connection, "SageMaker Endpoint State Change", endpoint, Detail(endpoint));

    /// <summary>Raises the event for an update that begins, bakes, is rolled back, or completes.</summary>
    public void AddDeploymentStateChange(SqliteConnection connection, DescribeEndpointOutput endpoint)
    {
        var detail = Detail(endpoint);
        if (endpoint.PendingDeploymentSummary is { } pending)
        {
            var told = pending.Tree.DeepClone().AsObject();
            told["StartTime"] = pending.StartTime?.ToUnixTimeMilliseconds();
            detail["PendingDeploymentSummary"] = told;
        }

        Add(connection, "SageMaker Endpoint Deployment State Change", endpoint, detail);
    }

    private static JsonObject Detail(DescribeEndpointOutput endpoint)
    {
        var detail = new JsonObject();
        foreach (var name in Told.Where(endpoint.Tree.ContainsKey))
        {
            detail[name] = endpoint.Tree[name]?.DeepClone();
        }

        detail["EndpointStatus"] = UpperSnake(endpoint.EndpointStatus);
        detail["CreationTime"] = endpoint.CreationTime.ToUnixTimeMilliseconds();
        detail["LastModifiedTime"] = endpoint.LastModifiedTime.ToUnixTimeMilliseconds();
        detail["Tags"] = new JsonObject();
        return detail;
    }

    /// <summary>Converts the API's InService to IN_SERVICE, which events use.</summary>
    private static string UpperSnake(string status) =>
        string.Concat(status.Select((letter, at) => at > 0 && char.IsUpper(letter) ? $"_{letter}" : $"{letter}"))
            .ToUpperInvariant();

    private void Add(SqliteConnection connection, string type, DescribeEndpointOutput endpoint, JsonObject detail) =>
        outbox.Add(connection, "aws.sagemaker", type, detail, endpoint.EndpointArn);
}
