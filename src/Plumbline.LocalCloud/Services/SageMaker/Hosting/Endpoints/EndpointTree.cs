using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Views.SageMaker;

namespace Plumbline.LocalCloud.Services.SageMaker.Hosting.Endpoints;

/// <summary>The members of DescribeEndpoint about fleets and updates, and members that are never shown.</summary>
internal static class EndpointTree
{
    /// <summary>The id of the endpoint's current fleet, which a rollback returns to; not shown.</summary>
    public const string Fleet = "Fleet";

    /// <summary>The id of the fleet that an update starts; not shown.</summary>
    public const string NextFleet = "NextFleet";

    /// <summary>The end of an update's bake. It exists only after traffic has moved; not shown.</summary>
    public const string BakeUntil = "BakeUntil";

    /// <summary>The DeploymentConfig of the update in progress; not shown.</summary>
    public const string PendingDeploymentConfig = "PendingDeploymentConfig";

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

    /// <summary>Removes everything about an update in progress, after it has succeeded or failed.</summary>
    public static void ForgetPending(DescribeEndpointOutput endpoint)
    {
        foreach (var name in (string[])["PendingDeploymentSummary", NextFleet, BakeUntil, PendingDeploymentConfig])
        {
            endpoint.Tree.Remove(name);
        }
    }

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
