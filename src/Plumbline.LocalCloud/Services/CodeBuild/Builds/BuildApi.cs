using System.Text.Json.Nodes;
using Plumbline.Aws.Arns;
using Plumbline.Aws.Views.CodeBuild;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Identity;
using Plumbline.LocalCloud.Services.CodeBuild.Projects;

namespace Plumbline.LocalCloud.Services.CodeBuild.Builds;

internal sealed class BuildApi(BuildStore store, ProjectStore projects, BuildRunner runner)
{
    // The members that may override a project's settings.
    private static readonly string[] Overrides =
    [
        "projectName",
        "sourceVersion",
        "environmentVariablesOverride",
        "buildspecOverride",
        "timeoutInMinutesOverride",
        "serviceRoleOverride",
        "idempotencyToken",
    ];

    public async Task<JsonObject> StartBuild(AwsCall call)
    {
        if (call.Input.Select(member => member.Key).Except(Overrides).FirstOrDefault() is { } other)
        {
            throw CodeBuildErrors.Invalid($"Invalid input: the local cloud does not take {other}");
        }

        var request = new StartBuildInput(call.Input);
        var project = projects.Get(Arn.IdOf(request.ProjectName));
        var kept = await store.AddAsync(NewBuild(project, request, call.Caller), request.IdempotencyToken);
        runner.Begin(kept.Id);
        return new JsonObject { ["build"] = kept.Tree };
    }

    public Task<JsonObject> BatchGetBuilds(AwsCall call)
    {
        var ids = new BatchGetBuildsInput(call.Input).Ids.Select(Id).ToList();
        var found = ids.Select(store.Find).OfType<Build>().ToList();
        var missing = ids.Except(found.Select(build => build.Id));
        return Task.FromResult(
            new JsonObject
            {
                ["builds"] = new JsonArray([.. found.Select(build => build.Tree)]),
                ["buildsNotFound"] = new JsonArray([.. missing.Select(id => JsonValue.Create(id))]),
            }
        );
    }

    public Task<JsonObject> ListBuilds(AwsCall call)
    {
        var request = new ListBuildsInput(call.Input);
        return ListAsync(null, request.SortOrder, request.NextToken);
    }

    public Task<JsonObject> ListBuildsForProject(AwsCall call)
    {
        var request = new ListBuildsForProjectInput(call.Input);
        _ = projects.Get(request.ProjectName);
        return ListAsync(request.ProjectName, request.SortOrder, request.NextToken);
    }

    public async Task<JsonObject> StopBuild(AwsCall call)
    {
        var id = Id(new StopBuildInput(call.Input).Id);
        var build = store.Find(id) ?? throw CodeBuildErrors.NoBuild(id);
        await runner.StopAsync(id);
        return new JsonObject { ["build"] = build.Tree };
    }

    private static Build NewBuild(Project project, StartBuildInput request, Caller caller)
    {
        var name = project.Name;
        var uuid = Guid.NewGuid().ToString();
        var id = $"{name}:{uuid}";
        var environment = project.Environment?.Tree.DeepClone().AsObject() ?? [];
        environment["environmentVariables"] = Merge(
            project.Environment?.EnvironmentVariables ?? [],
            request.EnvironmentVariablesOverride
        );
        var source = project.Source!.Tree.DeepClone();
        if (request.BuildspecOverride is { } buildspec)
        {
            source["buildspec"] = buildspec;
        }

        var group = $"/aws/codebuild/{name}";
        var build = new JsonObject
        {
            ["id"] = id,
            ["arn"] = LocalArn.Of("codebuild", $"build/{id}"),
            ["projectName"] = name,
            ["buildStatus"] = StatusType.InProgress,
            ["buildComplete"] = false,
            ["currentPhase"] = BuildPhaseType.Queued,
            ["phases"] = new JsonArray(),
            ["initiator"] = Arn.Parse(caller.Arn).Resource.Replace("assumed-role/", "", StringComparison.Ordinal),
            ["sourceVersion"] = request.SourceVersion ?? project.SourceVersion,
            ["source"] = source,
            ["environment"] = environment,
            ["serviceRole"] = request.ServiceRoleOverride ?? project.ServiceRole,
            ["timeoutInMinutes"] = request.TimeoutInMinutesOverride ?? project.TimeoutInMinutes,
            ["queuedTimeoutInMinutes"] = project.QueuedTimeoutInMinutes,
            ["artifacts"] = new JsonObject { ["location"] = "" },
            ["cache"] = project.Cache?.Tree.DeepClone(),
            ["logs"] = new JsonObject { ["groupName"] = group, ["streamName"] = uuid },
        };
        return new Build(build);
    }

    /// <summary>The project's variables; those of the call replace variables of the same name.</summary>
    private static JsonArray Merge(IEnumerable<EnvironmentVariable> own, IEnumerable<EnvironmentVariable> overriding)
    {
        var variables = own.Concat(overriding)
            .GroupBy(variable => variable.Name)
            .Select(group => group.Last().Tree.DeepClone());
        return [.. variables];
    }

    private static string Id(string idOrArn) => Arn.IdOf(idOrArn);

    private Task<JsonObject> ListAsync(string? project, string? sortOrder, string? nextToken)
    {
        // Newest first, unless asked otherwise; AWS's pages hold 100.
        var ids = store.List(project).Select(build => build.Id);
        var sorted = sortOrder == SortOrderType.Ascending ? ids : ids.Reverse();
        var start = int.TryParse(nextToken, out var offset) ? offset : 0;
        var rest = sorted.Skip(start).Select(id => (JsonNode)id);
        return Task.FromResult(ListPage.Of("ids", rest, start, 100, "nextToken"));
    }
}
