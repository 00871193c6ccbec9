using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's UpdateModelPackageInput.</summary>
public sealed record UpdateModelPackageInput(JsonObject Tree)
{
    public string ModelPackageArn =>
        Tree.Text("ModelPackageArn") ?? throw ViewError.Missing(nameof(UpdateModelPackageInput), "ModelPackageArn");

    public IReadOnlyDictionary<string, string> CustomerMetadataProperties => Tree.Map("CustomerMetadataProperties");

    public IEnumerable<string> CustomerMetadataPropertiesToRemove => Tree.Texts("CustomerMetadataPropertiesToRemove");

    public IEnumerable<AdditionalInferenceSpecificationDefinition> AdditionalInferenceSpecificationsToAdd =>
        Tree.Objects("AdditionalInferenceSpecificationsToAdd")
            .Select(one => new AdditionalInferenceSpecificationDefinition(one));

    public string? ClientToken => Tree.Text("ClientToken");
}
