using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.LocalCloud.Services.SageMaker.ModelPackages;

/// <summary>The changes that UpdateModelPackage makes to a package.</summary>
internal static class ModelPackageChange
{
    private const int MostMetadataProperties = 50;

    private static readonly string[] Replaced =
    [
        "ModelApprovalStatus",
        "ApprovalDescription",
        "InferenceSpecification",
        "SourceUri",
        "ModelCard",
        "ModelLifeCycle",
        "ModelPackageRegistrationType",
    ];

    /// <summary>Changes the tree. Returns the names of the fields that the request changes.</summary>
    public static IReadOnlyList<string> Apply(JsonObject tree, JsonObject input)
    {
        var updated = new List<string>();
        foreach (var field in Replaced.Where(input.ContainsKey))
        {
            tree[field] = input[field]!.DeepClone();
            updated.Add(field);
        }

        if (input.ContainsKey("CustomerMetadataProperties") || input.ContainsKey("CustomerMetadataPropertiesToRemove"))
        {
            ChangeMetadata(tree, input);
            updated.Add("CustomerMetadataProperties");
        }

        if (input.Array("AdditionalInferenceSpecificationsToAdd") is { } added)
        {
            var all = tree.Array("AdditionalInferenceSpecifications")?.DeepClone().AsArray() ?? [];
            foreach (var specification in added)
            {
                all.Add(specification!.DeepClone());
            }

            tree["AdditionalInferenceSpecifications"] = all;
            updated.Add("AdditionalInferenceSpecifications");
        }

        return updated;
    }

    private static void ChangeMetadata(JsonObject tree, JsonObject input)
    {
        var properties = tree.Object("CustomerMetadataProperties")?.DeepClone().AsObject() ?? [];
        foreach (var name in input.Texts("CustomerMetadataPropertiesToRemove"))
        {
            properties.Remove(name);
        }

        foreach (var (name, value) in input.Object("CustomerMetadataProperties") ?? [])
        {
            properties[name] = value!.DeepClone();
        }

        if (properties.Count > MostMetadataProperties)
        {
            throw SageMakerErrors.Validation(
                $"A model package has at most {MostMetadataProperties} CustomerMetadataProperties, not {properties.Count}."
            );
        }

        tree["CustomerMetadataProperties"] = properties;
    }
}
