using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's ModelPackageSummary.</summary>
public sealed record ModelPackageSummary(JsonObject Tree)
{
    public string ModelPackageArn =>
        Tree.Text("ModelPackageArn") ?? throw ViewError.Missing(nameof(ModelPackageSummary), "ModelPackageArn");

    public string? ModelApprovalStatus => Tree.Text("ModelApprovalStatus");
}
