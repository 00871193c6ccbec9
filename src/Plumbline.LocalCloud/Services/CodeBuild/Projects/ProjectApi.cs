using System.Text.Json.Nodes;
using Plumbline.Aws.Arns;
using Plumbline.Aws.Views.CodeBuild;
using Plumbline.LocalCloud.Gateway;

namespace Plumbline.LocalCloud.Services.CodeBuild.Projects;

internal sealed class ProjectApi(ProjectStore store)
{
    private static readonly string[] Sources = [SourceType.Codecommit, SourceType.NoSource];

    public async Task<JsonObject> CreateProject(AwsCall call)
    {
        var tree = Kept(call.Input);
        var project = new Project(tree);
        Check(project);
        tree["arn"] = ProjectStore.ArnOf(project.Name);
        tree["timeoutInMinutes"] ??= 60;
        tree["queuedTimeoutInMinutes"] ??= 480;
        tree["cache"] ??= new JsonObject { ["type"] = CacheType.NoCache };
        tree["badge"] = new JsonObject { ["badgeEnabled"] = false };
        tree["projectVisibility"] = "PRIVATE";
        await store.AddAsync(project);
        return new JsonObject { ["project"] = tree };
    }

    public async Task<JsonObject> UpdateProject(AwsCall call)
    {
        var members = new Project(Kept(call.Input));
        Check(members);
        var project = await store.UpdateAsync(members);
        return new JsonObject { ["project"] = project.Tree };
    }

    public Task<JsonObject> BatchGetProjects(AwsCall call)
    {
        var names = new BatchGetProjectsInput(call.Input).Names.Select(Name).ToList();
        var found = names.Select(store.Find).OfType<Project>().ToList();
        var missing = names.Except(found.Select(project => project.Name));
        return Task.FromResult(
            new JsonObject
            {
                ["projects"] = new JsonArray([.. found.Select(project => project.Tree)]),
                ["projectsNotFound"] = new JsonArray([.. missing.Select(name => JsonValue.Create(name))]),
            }
        );
    }

    public Task<JsonObject> ListProjects(AwsCall call)
    {
        var request = new ListProjectsInput(call.Input);
        var byName = request.SortBy is null or ProjectSortByType.Name;
        var names = store.List().Select(document => document.Key);
        var sorted = byName ? names.Order(StringComparer.Ordinal) : names;
        var listed = request.SortOrder == SortOrderType.Descending ? sorted.Reverse() : sorted;
        return Task.FromResult(
            new JsonObject { ["projects"] = new JsonArray([.. listed.Select(name => JsonValue.Create(name))]) }
        );
    }

    public async Task<JsonObject> DeleteProject(AwsCall call)
    {
        await store.RemoveAsync(Name(new DeleteProjectInput(call.Input).Name));
        return [];
    }

    /// <summary>A copy of the members that a project shows. It shows a badge instead of <c>badgeEnabled</c>.</summary>
    private static JsonObject Kept(JsonObject input)
    {
        var tree = input.DeepClone().AsObject();
        tree.Remove("badgeEnabled");
        return tree;
    }

    /// <summary>Accepts a project's name or its ARN.</summary>
    private static string Name(string nameOrArn) => Arn.IdOf(nameOrArn);

    private static void Check(Project project)
    {
        TagList.Check(
            project.Tags.Select(tag => tag.Key ?? ""),
            CodeBuildErrors.Invalid,
            key => $"Invalid project: tag keys must be unique, and {key} is repeated"
        );
        if (project.Source?.Type is { } source && !Sources.Contains(source))
        {
            throw CodeBuildErrors.Invalid(
                $"Invalid project source: the local cloud builds from {string.Join(" and ", Sources)}, not from {source}"
            );
        }

        if (project.Source is { Type: SourceType.Codecommit, Location: var location })
        {
            SourceLocation.Check(location);
        }

        if (project.Source is { Type: SourceType.NoSource, Buildspec: null })
        {
            throw CodeBuildErrors.Invalid("Invalid project source: a buildspec is required for source type NO_SOURCE");
        }

        if (project.Artifacts?.Type is { } artifacts and not ArtifactsType.NoArtifacts)
        {
            throw CodeBuildErrors.Invalid(
                $"Invalid artifacts: the local cloud supports only NO_ARTIFACTS, not {artifacts}"
            );
        }

        foreach (var variable in project.Environment?.EnvironmentVariables ?? [])
        {
            if (variable.Type is not (null or EnvironmentVariableType.Plaintext))
            {
                throw CodeBuildErrors.Invalid(
                    $"Invalid environment variable {variable.Name}: the local cloud supports only PLAINTEXT variables"
                );
            }
        }
    }
}
