using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Views.SageMaker;

namespace Plumbline.LocalCloud.Services.SageMaker.Hosting.Endpoints;

/// <summary>The members of DescribeEndpoint about fleets and updates.</summary>
internal static class EndpointTree
{
    /// <summary>Shows this fleet as the endpoint's current fleet.</summary>
    public static void Show(DescribeEndpointOutput endpoint, FleetRecord fleet, DateTimeOffset now)
    {
        endpoint.Tree["EndpointConfigName"] = fleet.EndpointConfigName;
        endpoint.Tree["ProductionVariants"] = Variants(fleet, now);
        endpoint.Tree.Remove("DataCaptureConfig");
        if (fleet.Capture is { } capture)
        {
            endpoint.Tree["DataCaptureConfig"] = new JsonObject
            {
                ["EnableCapture"] = capture.EnableCapture ?? true,
                ["CaptureStatus"] = capture.EnableCapture ?? true ? CaptureStatus.Started : CaptureStatus.Stopped,
                ["CurrentSamplingPercentage"] = capture.InitialSamplingPercentage,
                ["DestinationS3Uri"] = capture.DestinationS3Uri,
                ["KmsKeyId"] = capture.KmsKeyId ?? "",
            };
        }
    }

    /// <summary>Shows an update to this fleet as in progress.</summary>
    public static void ShowPending(DescribeEndpointOutput endpoint, FleetRecord fleet, DateTimeOffset now)
    {
        endpoint.Tree["PendingDeploymentSummary"] = new JsonObject
        {
            ["EndpointConfigName"] = fleet.EndpointConfigName,
            ["ProductionVariants"] = Variants(fleet, now),
            ["StartTime"] = Tree.Of(now),
        };
        ShowVariantStatus(endpoint, VariantStatus.Creating, now);
    }

    /// <summary>Shows the status of the variants of the update in progress.</summary>
    public static void ShowVariantStatus(DescribeEndpointOutput endpoint, string status, DateTimeOffset now)
    {
        foreach (var variant in endpoint.PendingDeploymentSummary?.ProductionVariants ?? [])
        {
            variant.Tree["VariantStatus"] = new JsonArray(
                new JsonObject { ["Status"] = status, ["StartTime"] = Tree.Of(now) }
            );
        }
    }

    /// <summary>Shows no update any more, after one has succeeded or failed.</summary>
    public static void HidePending(DescribeEndpointOutput endpoint) => endpoint.Tree.Remove("PendingDeploymentSummary");

    private static JsonArray Variants(FleetRecord fleet, DateTimeOffset now) =>
        [
            .. fleet.Servers.Select(server => new JsonObject
            {
                ["VariantName"] = server.VariantName,
                ["DeployedImages"] = new JsonArray(
                    new JsonObject
                    {
                        ["SpecifiedImage"] = server.Image,
                        ["ResolvedImage"] = server.Image,
                        ["ResolutionTime"] = Tree.Of(now),
                    }
                ),
                ["CurrentWeight"] = server.Weight,
                ["DesiredWeight"] = server.Weight,
                ["CurrentInstanceCount"] = server.InstanceCount,
                ["DesiredInstanceCount"] = server.InstanceCount,
            }),
        ];
}
