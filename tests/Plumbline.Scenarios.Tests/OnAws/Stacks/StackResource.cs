using System.Collections.ObjectModel;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Plumbline.Aws.Protocols;

namespace Plumbline.Scenarios.Tests.OnAws.Stacks;

/// <param name="Id">Its logical id.</param>
/// <param name="Type">CloudFormation's type.</param>
/// <param name="Properties">The properties, with the template's functions.</param>
/// <param name="DeletionPolicy">Empty if the template does not set it.</param>
/// <param name="DependsOn">The logical ids of resources that must exist before.</param>
internal sealed partial record StackResource(
    string Id,
    string Type,
    JsonObject Properties,
    string DeletionPolicy,
    IReadOnlyList<string> DependsOn
)
{
    /// <summary>Properties with the name of a resource; the first existing one counts.</summary>
    private static readonly string[] Names =
    [
        "RoleName",
        "BucketName",
        "RepositoryName",
        "TopicName",
        "QueueName",
        "ModelPackageGroupName",
        "AlarmName",
        "DashboardName",
        "LogGroupName",
        "Name",
    ];

    /// <summary>The name in the properties, with substitutions; without one, the logical id.</summary>
    public string Name =>
        Names.Select(name => Properties[name]).FirstOrDefault(found => found is not null) is { } given
            ? (string)StackValues.Resolved(given, ReadOnlyDictionary<string, StackResource>.Empty)!
            : Id;

    /// <summary>True if the deletion of its stack keeps it.</summary>
    public bool IsKept => DeletionPolicy is "Retain" or "RetainExceptOnCreate";

    /// <summary>The resources of a template by their logical ids.</summary>
    public static Dictionary<string, StackResource> Of(JsonObject template) =>
        template["Resources"]!
            .AsObject()
            .ToDictionary(
                one => one.Key,
                one => new StackResource(
                    one.Key,
                    one.Value!.AsObject().Text("Type")!,
                    one.Value["Properties"]!.AsObject(),
                    one.Value.AsObject().Text("DeletionPolicy") ?? "",
                    [.. Listed(one.Value["DependsOn"]), .. Referred(one.Value["Properties"]!)]
                )
            );

    /// <summary>Sorts resources so that each comes after its dependencies.</summary>
    public static IEnumerable<StackResource> InOrder(IReadOnlyDictionary<string, StackResource> resources)
    {
        var done = new HashSet<string>();
        return resources.Values.SelectMany(Visit);

        IEnumerable<StackResource> Visit(StackResource one)
        {
            if (!done.Add(one.Id))
            {
                yield break;
            }

            foreach (var needed in one.DependsOn.SelectMany(id => Visit(resources[id])))
            {
                yield return needed;
            }

            yield return one;
        }
    }

    /// <summary>True if an update would change nothing.</summary>
    public bool IsLike(StackResource other) => JsonNode.DeepEquals(Properties, other.Properties);

    private static IEnumerable<string> Listed(JsonNode? node) =>
        node switch
        {
            JsonArray list => list.Select(one => (string)one!),
            JsonValue one => [(string)one!],
            _ => [],
        };

    private static IEnumerable<string> Referred(JsonNode node) =>
        node switch
        {
            JsonObject { Count: 1 } tree when tree.Text("Ref") is { } id => IsPseudo(id) ? [] : [id],
            JsonObject { Count: 1 } tree when tree["Fn::GetAtt"] is JsonArray get => [(string)get[0]!],
            JsonObject tree => tree.SelectMany(one => one.Value is { } value ? Referred(value) : []),
            JsonArray list => list.SelectMany(one => one is null ? [] : Referred(one)),
            _ => [],
        };

    private static bool IsPseudo(string id) => Pseudo().IsMatch(id);

    [GeneratedRegex("^AWS::")]
    private static partial Regex Pseudo();
}
