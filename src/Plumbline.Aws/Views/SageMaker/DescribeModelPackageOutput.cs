using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's DescribeModelPackageOutput.</summary>
public sealed record DescribeModelPackageOutput(JsonObject Tree)
{
    public string ModelPackageArn =>
        Tree.Text("ModelPackageArn") ?? throw ViewError.Missing(nameof(DescribeModelPackageOutput), "ModelPackageArn");

    public int? ModelPackageVersion => Tree.Int("ModelPackageVersion");

    public string? ModelApprovalStatus => Tree.Text("ModelApprovalStatus");

    public string? ApprovalDescription => Tree.Text("ApprovalDescription");

    public string? ModelPackageDescription => Tree.Text("ModelPackageDescription");

    public DateTimeOffset CreationTime =>
        Tree.Time("CreationTime") ?? throw ViewError.Missing(nameof(DescribeModelPackageOutput), "CreationTime");

    public DateTimeOffset? LastModifiedTime => Tree.Time("LastModifiedTime");

    public InferenceSpecification? InferenceSpecification =>
        Tree.Object("InferenceSpecification") is { } tree ? new InferenceSpecification(tree) : null;

    public IReadOnlyDictionary<string, string> CustomerMetadataProperties => Tree.Map("CustomerMetadataProperties");

    public ModelMetrics? ModelMetrics => Tree.Object("ModelMetrics") is { } tree ? new ModelMetrics(tree) : null;

    public MetadataProperties? MetadataProperties =>
        Tree.Object("MetadataProperties") is { } tree ? new MetadataProperties(tree) : null;

    public string? ModelPackageGroupName => Tree.Text("ModelPackageGroupName");

    public string ModelPackageStatus =>
        Tree.Text("ModelPackageStatus")
        ?? throw ViewError.Missing(nameof(DescribeModelPackageOutput), "ModelPackageStatus");

    public IEnumerable<AdditionalInferenceSpecificationDefinition> AdditionalInferenceSpecifications =>
        Tree.Objects("AdditionalInferenceSpecifications")
            .Select(one => new AdditionalInferenceSpecificationDefinition(one));
}
