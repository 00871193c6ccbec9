using System.Text.Json.Nodes;
using Plumbline.Aws.Arns;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Gateway;

namespace Plumbline.LocalCloud.Services.CodeBuild.Projects;

internal sealed class ProjectApi(ProjectStore store)
{
    private static readonly string[] Sources = ["CODECOMMIT", "NO_SOURCE"];

    public async Task<JsonObject> CreateProject(AwsCall call)
    {
        var project = call.Input.DeepClone().AsObject();
        Check(project);
        project["arn"] = ProjectStore.ArnOf((string)project["name"]!);
        project["timeoutInMinutes"] ??= 60;
        project["queuedTimeoutInMinutes"] ??= 480;
        project["cache"] ??= new JsonObject { ["type"] = "NO_CACHE" };
        project["badge"] = new JsonObject { ["badgeEnabled"] = false };
        project["projectVisibility"] = "PRIVATE";
        await store.AddAsync(project);
        return new JsonObject { ["project"] = project };
    }

    public async Task<JsonObject> UpdateProject(AwsCall call)
    {
        Check(call.Input);
        var project = await store.UpdateAsync((string)call.Input["name"]!, call.Input);
        return new JsonObject { ["project"] = project };
    }

    public Task<JsonObject> BatchGetProjects(AwsCall call)
    {
        var names = call.Input["names"]!.AsArray().Select(Name).ToList();
        var found = names.Select(store.Find).OfType<JsonObject>().ToList();
        var missing = names.Except(found.Select(project => (string)project["name"]!));
        return Task.FromResult(
            new JsonObject
            {
                ["projects"] = new JsonArray([.. found]),
                ["projectsNotFound"] = new JsonArray([.. missing.Select(name => JsonValue.Create(name))]),
            }
        );
    }

    public Task<JsonObject> ListProjects(AwsCall call)
    {
        var byName = (string?)call.Input["sortBy"] is null or "NAME";
        var names = store.List().Select(document => document.Key);
        var sorted = byName ? names.Order(StringComparer.Ordinal) : names;
        var listed = (string?)call.Input["sortOrder"] == "DESCENDING" ? sorted.Reverse() : sorted;
        return Task.FromResult(
            new JsonObject { ["projects"] = new JsonArray([.. listed.Select(name => JsonValue.Create(name))]) }
        );
    }

    public async Task<JsonObject> DeleteProject(AwsCall call)
    {
        await store.RemoveAsync(Name(call.Input["name"]));
        return [];
    }

    /// <summary>Accepts a project's name or its ARN.</summary>
    private static string Name(JsonNode? nameOrArn) => Arn.IdOf((string)nameOrArn!);

    private static void Check(JsonObject project)
    {
        TagList.Check(
            project.Objects("tags").Select(tag => tag.Text("key") ?? ""),
            CodeBuildErrors.Invalid,
            key => $"Invalid project: tag keys must be unique, and {key} is repeated"
        );
        if ((string?)project["source"]?["type"] is { } source && !Sources.Contains(source))
        {
            throw CodeBuildErrors.Invalid(
                $"Invalid project source: the local cloud builds from {string.Join(" and ", Sources)}, not from {source}"
            );
        }

        if ((string?)project["source"]?["type"] == "CODECOMMIT")
        {
            SourceLocation.Check((string?)project["source"]!["location"]);
        }

        if ((string?)project["source"]?["type"] == "NO_SOURCE" && project["source"]!["buildspec"] is null)
        {
            throw CodeBuildErrors.Invalid("Invalid project source: a buildspec is required for source type NO_SOURCE");
        }

        if ((string?)project["artifacts"]?["type"] is { } artifacts && artifacts != "NO_ARTIFACTS")
        {
            throw CodeBuildErrors.Invalid(
                $"Invalid artifacts: the local cloud supports only NO_ARTIFACTS, not {artifacts}"
            );
        }

        foreach (var variable in project["environment"]?["environmentVariables"]?.AsArray() ?? [])
        {
            if ((string?)variable!["type"] is not (null or "PLAINTEXT"))
            {
                throw CodeBuildErrors.Invalid(
                    $"Invalid environment variable {variable["name"]}: the local cloud supports only PLAINTEXT variables"
                );
            }
        }
    }
}
