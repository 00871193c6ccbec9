using System.Text.Json.Nodes;
using Plumbline.Aws.Views.SageMaker;

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

    /// <summary>Changes the package. Returns the names of the fields that the request changes.</summary>
    public static IReadOnlyList<string> Apply(DescribeModelPackageOutput package, UpdateModelPackageInput request)
    {
        var (tree, input) = (package.Tree, request.Tree);
        var updated = new List<string>();
        foreach (var field in Replaced.Where(input.ContainsKey))
        {
            tree[field] = input[field]!.DeepClone();
            updated.Add(field);
        }

        if (input.ContainsKey("CustomerMetadataProperties") || input.ContainsKey("CustomerMetadataPropertiesToRemove"))
        {
            ChangeMetadata(package, request);
            updated.Add("CustomerMetadataProperties");
        }

        var added = request.AdditionalInferenceSpecificationsToAdd.ToList();
        if (added.Count > 0)
        {
            tree["AdditionalInferenceSpecifications"] = new JsonArray([
                .. package.AdditionalInferenceSpecifications.Concat(added).Select(one => one.Tree.DeepClone()),
            ]);
            updated.Add("AdditionalInferenceSpecifications");
        }

        return updated;
    }

    private static void ChangeMetadata(DescribeModelPackageOutput package, UpdateModelPackageInput request)
    {
        var removed = request.CustomerMetadataPropertiesToRemove.ToHashSet();
        var properties = new JsonObject(
            package
                .CustomerMetadataProperties.Where(property => !removed.Contains(property.Key))
                .Select(property => KeyValuePair.Create(property.Key, (JsonNode?)property.Value))
        );
        foreach (var (name, value) in request.CustomerMetadataProperties)
        {
            properties[name] = value;
        }

        if (properties.Count > MostMetadataProperties)
        {
            throw SageMakerErrors.Validation(
                $"A model package has at most {MostMetadataProperties} CustomerMetadataProperties, not {properties.Count}."
            );
        }

        package.Tree["CustomerMetadataProperties"] = properties;
    }
}
