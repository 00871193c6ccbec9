using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Views.Events;
using Plumbline.Aws.Views.Iam;
using Plumbline.Loop.Home;
using Plumbline.Loop.Resources;
using Plumbline.Records.Project;

namespace Plumbline.Loop.Stack;

/// <summary>
/// A loop's resources as a CloudFormation template for any account and region: those of <see cref="LoopResources"/>,
/// and those of <see cref="LoopSafeguards"/>, which only AWS has.
/// </summary>
public static class LoopTemplate
{
    /// <summary>The types that have no tags.</summary>
    private static readonly HashSet<string> WithoutTags =
    [
        "AWS::CloudWatch::Dashboard",
        "AWS::S3::BucketPolicy",
        "AWS::SNS::TopicPolicy",
        "AWS::SQS::QueuePolicy",
    ];

    /// <summary>The name of a loop's stack.</summary>
    /// <param name="loop">The loop's name, see <see cref="ProjectDescription.LoopName"/>.</param>
    public static string NameOf(string loop) => $"plumbline-{loop}";

    /// <summary>The text of the template, in JSON.</summary>
    /// <param name="project">The project.</param>
    /// <param name="imageTag">The tag of the images; null for the tag of this program's images.</param>
    public static string Of(ProjectDescription project, string? imageTag = null)
    {
        var names = LoopNames.Of(project, Template.AnyAccount, Template.AnyRegion) with { ImageTag = imageTag };
        var resources = new JsonObject();
        foreach (var resource in Listed(project, names))
        {
            resources[IdOf(resource, names)] = Rendered(resource, project, names);
        }

        foreach (var (id, resource) in LoopSafeguards.Of(project, names))
        {
            resources[id] = resource;
        }

        if (project.Source is { } gitHub)
        {
            GitHubSource.Apply(gitHub, resources);
        }

        foreach (var (_, resource) in resources)
        {
            Complete((JsonObject)resource!, resources, names.Aws);
        }

        return Template.Write(
            $"Plumbline: the loop of {names.Project}.",
            resources,
            new JsonObject
            {
                ["Bucket"] = new JsonObject { ["Value"] = names.Bucket },
                ["Repository"] = new JsonObject { ["Value"] = project.Source?.CloneUrl() ?? names.RepositoryUrl },
                ["Topic"] = new JsonObject { ["Value"] = names.TopicArn },
            }
        );
    }

    /// <summary>True if a change removes or replaces a resource that holds data.</summary>
    public static bool LosesData(StackChange change) =>
        change is { Action: "Remove" } or { Replacement: "True" }
        && change.Type is "AWS::S3::Bucket" or "AWS::CodeCommit::Repository" or "AWS::SageMaker::ModelPackageGroup";

    /// <summary>The logical id of a resource: its kind, and the part of its name after the project's name.</summary>
    private static string IdOf(LoopResource resource, LoopNames names)
    {
        var own =
            resource.Name == names.Bucket
                ? ""
                : resource.Name[names.Project.Length..].Replace($"-{names.Region}", "", StringComparison.Ordinal);
        return resource.Kind + string.Concat(own.Split('-', StringSplitOptions.RemoveEmptyEntries).Select(Capitalized));
    }

    private static string Capitalized(string word) => char.ToUpperInvariant(word[0]) + word[1..];

    /// <summary>All resources but the pipelines: each build puts their definitions, which follow the commit.</summary>
    private static IEnumerable<LoopResource> Listed(ProjectDescription project, LoopNames names) =>
        LoopResources.Of(project, names, names.RepositoryUrl).Where(one => one.Kind != ResourceKind.Pipeline);

    /// <summary>Adds the project's tags, and removes dependencies on roles that the template does not create.</summary>
    private static void Complete(JsonObject resource, JsonObject resources, AwsDescription aws)
    {
        if (resource["DependsOn"] is JsonArray ids)
        {
            resource["DependsOn"] = new JsonArray([
                .. ids.Select(id => id!.DeepClone()).Where(id => resources.ContainsKey(id.GetValue<string>())),
            ]);
        }

        if (aws.Tags.Count > 0 && !WithoutTags.Contains(resource.Text("Type")!))
        {
            resource["Properties"]!["Tags"] = aws.Tags.ToTags();
        }
    }

    private static JsonObject Rendered(LoopResource resource, ProjectDescription project, LoopNames names)
    {
        var input = (JsonObject)resource.Definition.DeepClone();
        return resource.Kind switch
        {
            ResourceKind.Role => Role(resource),
            ResourceKind.Bucket => Template.Kept(
                Template.Resource(
                    "AWS::S3::Bucket",
                    LoopSafeguards.OfBucket(resource.Name, project.Capture, names.Aws.KmsKey)
                )
            ),
            ResourceKind.Repository => Template.Kept(
                Template.Resource("AWS::CodeCommit::Repository", Capitalized(input))
            ),
            ResourceKind.Topic => Template.Resource(
                "AWS::SNS::Topic",
                LoopSafeguards.OfTopic(resource.Name, names.Aws.KmsKey)
            ),
            ResourceKind.ModelPackageGroup => Template.Kept(
                Template.Resource("AWS::SageMaker::ModelPackageGroup", input)
            ),
            ResourceKind.BuildProject => Template.Resource(
                "AWS::CodeBuild::Project",
                BuildProject(input),
                resource.Name == names.BuildProject
                    ? ["RoleBuild", LoopSafeguards.LogsOfBuilds]
                    : ["RoleDeploy", LoopSafeguards.LogsOfDeployments]
            ),
            ResourceKind.Alarm => Template.Resource("AWS::CloudWatch::Alarm", input, "TopicAlerts"),
            ResourceKind.Rule => Template.Resource(
                "AWS::Events::Rule",
                Rule(input, resource.Attached),
                "BuildProjectBuild",
                "BuildProjectDeploy",
                "RoleEvents"
            ),
            _ => throw new InvalidOperationException($"{resource.Kind} has no CloudFormation type."),
        };
    }

    /// <summary>A role with its policy.</summary>
    internal static JsonObject Role(LoopResource role)
    {
        var policy = new PutRolePolicyRequest(role.Attached[0]);
        var properties = (JsonObject)role.Definition.DeepClone();
        properties["AssumeRolePolicyDocument"] = JsonNode.Parse(
            new CreateRoleRequest(role.Definition).AssumeRolePolicyDocument
        );
        properties["Policies"] = new JsonArray(
            new JsonObject
            {
                ["PolicyName"] = policy.PolicyName,
                ["PolicyDocument"] = JsonNode.Parse(policy.PolicyDocument),
            }
        );
        return Template.Resource("AWS::IAM::Role", properties);
    }

    private static JsonObject BuildProject(JsonObject input)
    {
        var source = Capitalized(input.Object("source")!);
        // The only name that differs from the API's by more than a capital letter.
        source["BuildSpec"] = source["Buildspec"]!.DeepClone();
        source.Remove("Buildspec");
        var properties = Capitalized(input);
        properties["Source"] = source;
        properties["Artifacts"] = Capitalized(input.Object("artifacts")!);
        properties["Environment"] = Capitalized(input.Object("environment")!);
        if (input.Object("vpcConfig") is { } vpc)
        {
            properties["VpcConfig"] = Capitalized(vpc);
        }

        return properties;
    }

    private static JsonObject Rule(JsonObject input, IReadOnlyList<JsonObject> targets)
    {
        if (new PutRuleRequest(input).EventPattern is { } pattern)
        {
            input["EventPattern"] = JsonNode.Parse(pattern);
        }

        input["Targets"] = new JsonArray([.. targets.Select(LoopSafeguards.OfTarget)]);
        return input;
    }

    private static JsonObject Capitalized(JsonObject input) =>
        new(input.Select(one => KeyValuePair.Create(Capitalized(one.Key), one.Value?.DeepClone())));
}
