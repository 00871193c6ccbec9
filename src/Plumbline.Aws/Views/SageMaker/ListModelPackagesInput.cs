using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's ListModelPackagesInput.</summary>
public sealed record ListModelPackagesInput(JsonObject Tree)
{
    public string? ModelPackageGroupName => Tree.Text("ModelPackageGroupName");

    public string? ModelPackageType => Tree.Text("ModelPackageType");

    public string? ModelApprovalStatus => Tree.Text("ModelApprovalStatus");
}
