using System.Text.Json.Nodes;
using Plumbline.Aws.Formats.Pipelines;
using Plumbline.Pipelines.Values;

namespace Plumbline.Pipelines.Steps;

/// <summary>A step that adds a version to a model package group.</summary>
/// <param name="Name"><inheritdoc cref="Step.Name"/></param>
public sealed record RegisterModelStep(string Name) : Step(Name)
{
    public required PipelineValue ModelPackageGroupName { get; init; }

    /// <summary>The image that serves the model.</summary>
    public required PipelineValue Image { get; init; }

    /// <summary>The S3 URI of the model archive, usually <see cref="TrainingStep.S3ModelArtifacts"/>.</summary>
    public required PipelineValue ModelDataUrl { get; init; }

    /// <summary>Environment variables of the model server.</summary>
    public IReadOnlyDictionary<string, PipelineValue> Environment { get; init; } =
        new Dictionary<string, PipelineValue>();

    /// <summary>The content types that an invocation may send.</summary>
    public IReadOnlyList<PipelineValue> ContentTypes { get; init; } = ["text/csv"];

    /// <summary>The content types that an answer may have.</summary>
    public IReadOnlyList<PipelineValue> ResponseTypes { get; init; } = ["text/csv"];

    /// <summary>Instance types that endpoints may have; empty leaves it open.</summary>
    public IReadOnlyList<PipelineValue> InferenceInstances { get; init; } = [];

    /// <summary>PendingManualApproval, Approved or Rejected.</summary>
    public PipelineValue ModelApprovalStatus { get; init; } = "PendingManualApproval";

    /// <summary>A description of the version, for people.</summary>
    public PipelineValue? ModelPackageDescription { get; init; }

    /// <summary>The S3 URI of the evaluation's statistics (JSON), or null.</summary>
    public PipelineValue? ModelQualityStatisticsS3Uri { get; init; }

    /// <summary>Facts about the version; at most 50.</summary>
    public IReadOnlyDictionary<string, PipelineValue> CustomerMetadataProperties { get; init; } =
        new Dictionary<string, PipelineValue>();

    /// <summary>Any of CommitId, Repository, GeneratedBy and ProjectId.</summary>
    public IReadOnlyDictionary<string, PipelineValue> MetadataProperties { get; init; } =
        new Dictionary<string, PipelineValue>();

    /// <summary>Further arguments of CreateModelPackage, by AWS's names; they win over the other properties.</summary>
    public JsonObject FurtherArguments { get; init; } = [];

    public StepProperty ModelPackageArn => Property("ModelPackageArn");

    private protected override string Type => StepTypes.RegisterModel;

    private protected override JsonObject Arguments()
    {
        var container = new JsonObject { ["Image"] = Image.ToJson(), ["ModelDataUrl"] = ModelDataUrl.ToJson() };
        Set(container, "Environment", Environment);
        var inference = new JsonObject { ["Containers"] = new JsonArray(container) };
        Set(inference, "SupportedContentTypes", ContentTypes.Select(type => type.ToJson()));
        Set(inference, "SupportedResponseMIMETypes", ResponseTypes.Select(type => type.ToJson()));
        Set(
            inference,
            "SupportedRealtimeInferenceInstanceTypes",
            InferenceInstances.Select(instance => instance.ToJson())
        );
        var arguments = new JsonObject
        {
            ["ModelPackageGroupName"] = ModelPackageGroupName.ToJson(),
            ["InferenceSpecification"] = inference,
            ["ModelApprovalStatus"] = ModelApprovalStatus.ToJson(),
        };
        Set(arguments, "ModelPackageDescription", ModelPackageDescription);
        if (ModelQualityStatisticsS3Uri is not null)
        {
            arguments["ModelMetrics"] = new JsonObject
            {
                ["ModelQuality"] = new JsonObject
                {
                    ["Statistics"] = new JsonObject
                    {
                        ["ContentType"] = "application/json",
                        ["S3Uri"] = ModelQualityStatisticsS3Uri.ToJson(),
                    },
                },
            };
        }

        Set(arguments, "CustomerMetadataProperties", CustomerMetadataProperties);
        Set(arguments, "MetadataProperties", MetadataProperties);
        foreach (var (name, value) in FurtherArguments)
        {
            arguments[name] = value?.DeepClone();
        }

        return arguments;
    }
}
