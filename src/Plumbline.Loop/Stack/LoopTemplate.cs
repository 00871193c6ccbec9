using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.Loop.Project;
using Plumbline.Records.Project;

namespace Plumbline.Loop.Stack;

/// <summary>
/// The one list of a loop's resources as a CloudFormation template, for any account and region, and beside it what only
/// AWS has: <see cref="LoopSafeguards"/>.
/// </summary>
public static class LoopTemplate
{
    /// <summary>The stack of a project's loop.</summary>
    public static string NameOf(string project) => $"plumbline-{project}";

    /// <summary>The template's text.</summary>
    /// <param name="project">The project.</param>
    /// <param name="imageTag">The tag of the images; null for those of the program that runs.</param>
    public static string Of(ProjectDescription project, string? imageTag = null)
    {
        var names = new LoopNames(project.Name, Template.AnyAccount, Template.AnyRegion) { ImageTag = imageTag };
        var resources = new JsonObject();
        foreach (var resource in Listed(project, names))
        {
            resources[IdOf(resource, names)] = Rendered(resource);
        }

        foreach (var (id, resource) in LoopSafeguards.Of(project, names))
        {
            resources[id] = resource;
        }

        if (project.Source is { } gitHub)
        {
            GitHubSource.Apply(gitHub, resources);
        }

        return Template.Write(
            $"Plumbline: the loop of {project.Name}.",
            resources,
            new JsonObject
            {
                ["Bucket"] = new JsonObject { ["Value"] = names.Bucket },
                ["Repository"] = new JsonObject { ["Value"] = project.Source?.CloneUrl() ?? names.RepositoryUrl },
                ["Topic"] = new JsonObject { ["Value"] = names.TopicArn },
            }
        );
    }

    /// <summary>The logical id of a resource of the list: its kind, and what its name has after the project's.</summary>
    private static string IdOf(LoopResource resource, LoopNames names)
    {
        var own = resource.Name == names.Bucket ? "" : resource.Name[names.Project.Length..];
        return resource.Kind + string.Concat(own.Split('-', StringSplitOptions.RemoveEmptyEntries).Select(Capitalized));
    }

    private static string Capitalized(string word) => char.ToUpperInvariant(word[0]) + word[1..];

    /// <summary>All but the pipelines, whose definitions follow the commit: each build puts its own in their place.</summary>
    private static IEnumerable<LoopResource> Listed(ProjectDescription project, LoopNames names) =>
        LoopResources.Of(project, names, names.RepositoryUrl).Where(one => one.Kind != ResourceKind.Pipeline);

    private static JsonObject Rendered(LoopResource resource)
    {
        var input = (JsonObject)resource.Definition.DeepClone();
        return resource.Kind switch
        {
            ResourceKind.Role => Role(resource),
            ResourceKind.Bucket => Template.Kept(Template.Resource("AWS::S3::Bucket", LoopSafeguards.OfBucket(input))),
            ResourceKind.Repository => Template.Kept(
                Template.Resource("AWS::CodeCommit::Repository", Capitalized(input))
            ),
            ResourceKind.Topic => Template.Resource(
                "AWS::SNS::Topic",
                new JsonObject { ["TopicName"] = input["Name"]!.DeepClone() }
            ),
            ResourceKind.ModelPackageGroup => Template.Kept(
                Template.Resource("AWS::SageMaker::ModelPackageGroup", input)
            ),
            ResourceKind.BuildProject => Template.Resource("AWS::CodeBuild::Project", BuildProject(input), "RoleBuild"),
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
        var policy = role.Attached[0];
        return Template.Resource(
            "AWS::IAM::Role",
            new JsonObject
            {
                ["RoleName"] = role.Name,
                ["AssumeRolePolicyDocument"] = JsonNode.Parse(role.Definition.Text("AssumeRolePolicyDocument")!),
                ["Policies"] = new JsonArray(
                    new JsonObject
                    {
                        ["PolicyName"] = policy["PolicyName"]!.DeepClone(),
                        ["PolicyDocument"] = JsonNode.Parse(policy.Text("PolicyDocument")!),
                    }
                ),
            }
        );
    }

    private static JsonObject BuildProject(JsonObject input)
    {
        var source = Capitalized(input.Object("source")!);
        // The one name that is not the API's with a capital letter.
        source["BuildSpec"] = source["Buildspec"]!.DeepClone();
        source.Remove("Buildspec");
        var properties = Capitalized(input);
        properties["Source"] = source;
        properties["Artifacts"] = Capitalized(input.Object("artifacts")!);
        properties["Environment"] = Capitalized(input.Object("environment")!);
        return properties;
    }

    private static JsonObject Rule(JsonObject input, IReadOnlyList<JsonObject> targets)
    {
        if (input.Text("EventPattern") is { } pattern)
        {
            input["EventPattern"] = JsonNode.Parse(pattern);
        }

        input["Targets"] = new JsonArray([.. targets.Select(LoopSafeguards.OfTarget)]);
        return input;
    }

    private static JsonObject Capitalized(JsonObject input) =>
        new(input.Select(one => KeyValuePair.Create(Capitalized(one.Key), one.Value?.DeepClone())));
}
