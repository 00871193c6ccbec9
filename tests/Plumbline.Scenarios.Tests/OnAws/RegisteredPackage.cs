using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Scenarios.Tests.OnAws;

/// <summary>
/// The CreateModelPackage request of a pipeline's first RegisterModel step, with values for the parts that a run fills
/// in.
/// </summary>
internal static class RegisteredPackage
{
    /// <summary>The key of such a package's evaluation in the bucket.</summary>
    public const string Evaluation = "run/evaluation.json";

    /// <summary>Makes the request from a pipeline's definition.</summary>
    public static JsonObject Of(string definition, string bucket)
    {
        var step = Steps(JsonNode.Parse(definition)!["Steps"]!.AsArray())
            .First(one => one.Text("Type") == "RegisterModel");
        var package = Filled(step["Arguments"]!, bucket)!.AsObject();
        package["ModelMetrics"]!["ModelQuality"]!["Statistics"]!["S3Uri"] = $"s3://{bucket}/{Evaluation}";
        return package;
    }

    /// <summary>All steps, also those in both branches of a condition.</summary>
    private static IEnumerable<JsonObject> Steps(JsonArray steps) =>
        steps
            .Select(step => step!.AsObject())
            .SelectMany(step =>
                step.Text("Type") == "Condition"
                    ? new[] { "IfSteps", "ElseSteps" }.SelectMany(branch =>
                        Steps(step["Arguments"]![branch]!.AsArray())
                    )
                    : [step]
            );

    private static JsonNode? Filled(JsonNode? node, string bucket) =>
        node switch
        {
            JsonObject tree when tree["Std:JsonGet"] is { } read => read.ToJsonString()
                .Contains("pprovalStatus", StringComparison.Ordinal)
                ? "PendingManualApproval"
                : "first",
            JsonObject tree when tree["Get"] is { } value => value
                .ToString()
                .Contains("S3ModelArtifacts", StringComparison.Ordinal)
                ? $"s3://{bucket}/run/model.tar.gz"
                : "run",
            JsonObject tree when tree.Any(one => one.Key.StartsWith("Std:", StringComparison.Ordinal)) =>
                $"s3://{bucket}/run",
            JsonObject tree => new JsonObject(
                tree.Select(one => KeyValuePair.Create(one.Key, Filled(one.Value, bucket)))
            ),
            JsonArray list => new JsonArray([.. list.Select(one => Filled(one, bucket))]),
            _ => node?.DeepClone(),
        };
}
