using System.Text.Json.Nodes;
using Plumbline.Loop.Home;
using Plumbline.Records.Monitoring;
using Plumbline.Records.Project;

namespace Plumbline.Loop.Stack;

/// <summary>The dashboard of a loop: its quality, and its endpoint's requests, errors and latency.</summary>
internal static class LoopDashboard
{
    public static JsonObject Of(ProjectDescription project, LoopNames names)
    {
        var kind = project.Quality.Kind();
        var (quality, endpoint) = (project.Monitor.Namespace, "AWS/SageMaker");
        string[] model = ["Endpoint", names.Endpoint, "MonitoringSchedule", names.MonitorRule];
        string[] variant = ["EndpointName", names.Endpoint, "VariantName", LoopNames.Variant];
        var widgets = new JsonArray(
            Graph(
                names,
                0,
                $"{kind.Words} in production",
                [quality, kind.Published, .. model],
                [quality, ModelQualityMetric.Lower(kind.Published), .. model],
                [quality, ModelQualityMetric.Upper(kind.Published), .. model]
            ),
            Graph(names, 1, "Labels", [quality, "labels", .. model]),
            Graph(names, 2, "Requests", [endpoint, "Invocations", .. variant]),
            Graph(
                names,
                3,
                "Errors",
                [endpoint, "Invocation5XXErrors", .. variant],
                [endpoint, "InvocationModelErrors", .. variant]
            ),
            Graph(
                names,
                4,
                "Latency (microseconds)",
                [endpoint, "ModelLatency", .. variant],
                [endpoint, "OverheadLatency", .. variant]
            )
        );
        return Template.Resource(
            "AWS::CloudWatch::Dashboard",
            new JsonObject
            {
                ["DashboardName"] = names.Dashboard,
                ["DashboardBody"] = new JsonObject { ["widgets"] = widgets }.ToJsonString(),
            }
        );
    }

    /// <summary>A graph, two in a row; a dashboard is 24 units wide.</summary>
    private static JsonObject Graph(LoopNames names, int place, string title, params string[][] metrics) =>
        new()
        {
            ["type"] = "metric",
            ["x"] = place % 2 * 12,
            ["y"] = place / 2 * 6,
            ["width"] = 12,
            ["height"] = 6,
            ["properties"] = new JsonObject
            {
                ["title"] = title,
                ["region"] = names.Region,
                ["stat"] = "Average",
                ["period"] = 300,
                ["metrics"] = new JsonArray([
                    .. metrics.Select(one => new JsonArray([.. one.Select(word => JsonValue.Create(word))])),
                ]),
            },
        };
}
