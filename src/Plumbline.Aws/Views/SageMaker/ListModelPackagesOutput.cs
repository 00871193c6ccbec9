using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's ListModelPackagesOutput.</summary>
public sealed record ListModelPackagesOutput(JsonObject Tree)
{
    public IEnumerable<ModelPackageSummary> ModelPackageSummaryList =>
        Tree.Objects("ModelPackageSummaryList").Select(one => new ModelPackageSummary(one));
}
