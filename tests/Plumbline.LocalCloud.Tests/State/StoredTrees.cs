using System.Text.Json;
using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Data.Sqlite;
using Plumbline.Aws.Models;
using Plumbline.Aws.Protocols;

namespace Plumbline.LocalCloud.Tests.State;

/// <summary>
/// Compares the trees of the documents table with AWS's shapes: a tree has only members that an answer shows, and the
/// local cloud's own state of the resource is in the column beside it.
/// </summary>
internal static class StoredTrees
{
    private const string Item = "[]";

    /// <summary>The answers that show a tree of a kind: the operation, and the way from its output to the tree.</summary>
    private static readonly Dictionary<string, string[]> Answers = new()
    {
        ["cloudwatch/alarm"] = ["monitoring.DescribeAlarms.MetricAlarms.[]"],
        ["codebuild/build"] = ["codebuild.BatchGetBuilds.builds.[]"],
        ["codebuild/project"] = ["codebuild.BatchGetProjects.projects.[]"],
        ["codecommit/repository"] = ["codecommit.GetRepository.repositoryMetadata"],
        ["events/bus"] = ["events.DescribeEventBus"],
        ["events/rule"] = ["events.DescribeRule"],
        ["iam/attached-policy"] = ["iam.ListAttachedRolePolicies.AttachedPolicies.[]"],
        ["iam/policy"] = ["iam.GetPolicy.Policy"],
        ["iam/role"] = ["iam.GetRole.Role"],
        ["iam/role-policy"] = ["iam.GetRolePolicy"],
        ["sagemaker/endpoint"] = ["sagemaker.DescribeEndpoint"],
        ["sagemaker/endpoint-config"] = ["sagemaker.DescribeEndpointConfig"],
        ["sagemaker/model"] = ["sagemaker.DescribeModel"],
        ["sagemaker/model-package"] = ["sagemaker.DescribeModelPackage"],
        ["sagemaker/model-package-group"] = ["sagemaker.DescribeModelPackageGroup"],
        ["sagemaker/pipeline"] = ["sagemaker.DescribePipeline"],
        ["sagemaker/pipeline-execution"] = ["sagemaker.DescribePipelineExecution"],
        ["sagemaker/processing-job"] = ["sagemaker.DescribeProcessingJob"],
        ["sagemaker/tags"] = ["sagemaker.ListTags"],
        ["sagemaker/training-job"] = ["sagemaker.DescribeTrainingJob"],
        ["sns/subscription"] = ["sns.ListSubscriptions.Subscriptions.[]", "sns.GetSubscriptionAttributes"],
        ["sns/topic"] = ["sns.GetTopicAttributes"],
    };

    /// <summary>Returns the members of all stored trees that no answer shows, such as <c>events/rule: .Targets</c>.</summary>
    /// <param name="dataFolder">The data of a local cloud, which may be running. Unreadable trees are left out.</param>
    public static IReadOnlyList<string> Strangers(string dataFolder)
    {
        var database = Path.Combine(dataFolder, "plumbline.db");
        using var connection = new SqliteConnection($"Data Source={database};Mode=ReadOnly;Pooling=false");
        connection.Open();
        return
        [
            .. connection
                .Query<(string Kind, string Tree)>("SELECT kind, tree FROM documents WHERE json_valid(tree)")
                .SelectMany(row => Strangers(row.Kind, JsonNode.Parse(row.Tree, documentOptions: JsonDepth.KeptTexts)!))
                .Distinct(),
        ];
    }

    private static IEnumerable<string> Strangers(string kind, JsonNode tree)
    {
        var shapes = Answers.GetValueOrDefault(kind, []).Select(ShapeOf).ToList();
        return Strangers(tree, shapes, "").Select(member => $"{kind}: {member}");
    }

    private static Shape ShapeOf(string answer)
    {
        var parts = answer.Split('.');
        var output = ServiceModel.For(parts[0]).Operations[parts[1]].Output!;
        return parts.Skip(2).Aggregate(output, (shape, part) => part == Item ? shape.Member : shape.Members[part]);
    }

    private static IEnumerable<string> Strangers(JsonNode? node, IReadOnlyList<Shape> shapes, string path) =>
        (node, shapes is [var only, ..] ? only.Kind : ShapeKind.Structure) switch
        {
            (JsonObject tree, ShapeKind.Structure) => tree.SelectMany(member =>
                Found(shapes, member.Key) is [_, ..] found
                    ? Strangers(member.Value, found, $"{path}.{member.Key}")
                    : [$"{path}.{member.Key}"]
            ),
            (JsonObject tree, ShapeKind.Map) => tree.SelectMany(entry =>
                Strangers(entry.Value, [shapes[0].Value], path + ".{}")
            ),
            (JsonArray list, ShapeKind.List) => list.SelectMany(item =>
                Strangers(item, [shapes[0].Member], path + Item)
            ),
            _ => [],
        };

    private static List<Shape> Found(IReadOnlyList<Shape> shapes, string member) =>
        [.. shapes.Select(shape => shape.Members.GetValueOrDefault(member)).OfType<Shape>()];
}
