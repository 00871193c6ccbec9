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

        var project = projects.Get(Arn.IdOf((string)call.Input["projectName"]!));
        var build = NewBuild(project, call);
        var kept = await store.AddAsync(build, (string?)call.Input["idempotencyToken"]);
        runner.Begin((string)kept["id"]!);
        return new JsonObject { ["build"] = Shown(kept) };
    }

    public Task<JsonObject> BatchGetBuilds(AwsCall call)
    {
        var ids = call.Input["ids"]!.AsArray().Select(Id).ToList();
        var found = ids.Select(store.Find).OfType<JsonObject>().ToList();
        var missing = ids.Except(found.Select(build => (string)build["id"]!));
        return Task.FromResult(
            new JsonObject
            {
                ["builds"] = new JsonArray([.. found.Select(Shown)]),
                ["buildsNotFound"] = new JsonArray([.. missing.Select(id => JsonValue.Create(id))]),
            }
        );
    }

    public Task<JsonObject> ListBuilds(AwsCall call) => ListAsync(call, null);

    public Task<JsonObject> ListBuildsForProject(AwsCall call)
    {
        var name = (string)call.Input["projectName"]!;
        _ = projects.Get(name);
        return ListAsync(call, name);
    }

    public async Task<JsonObject> StopBuild(AwsCall call)
    {
        var id = Id(call.Input["id"]);
        _ = store.Find(id) ?? throw CodeBuildErrors.NoBuild(id);
        return new JsonObject { ["build"] = Shown(await runner.StopAsync(id)) };
    }

    private static JsonObject NewBuild(JsonObject project, AwsCall call)
    {
        var name = (string)project["name"]!;
        var uuid = Guid.NewGuid().ToString();
        var id = $"{name}:{uuid}";
        var environment = project["environment"]?.DeepClone().AsObject() ?? [];
        environment["environmentVariables"] = Merge(
            environment["environmentVariables"]?.AsArray() ?? [],
            call.Input["environmentVariablesOverride"]?.AsArray() ?? []
        );
        var source = project["source"]!.DeepClone().AsObject();
        if (call.Input["buildspecOverride"] is { } buildspec)
        {
            source["buildspec"] = buildspec.DeepClone();
        }

        var group = $"/aws/codebuild/{name}";
        return new JsonObject
        {
            ["id"] = id,
            ["arn"] = LocalArn.Of("codebuild", $"build/{id}"),
            ["projectName"] = name,
            ["buildStatus"] = StatusType.InProgress,
            ["buildComplete"] = false,
            ["currentPhase"] = "QUEUED",
            ["phases"] = new JsonArray(),
            ["initiator"] = Arn.Parse(call.Caller.Arn).Resource.Replace("assumed-role/", "", StringComparison.Ordinal),
            ["sourceVersion"] = (call.Input["sourceVersion"] ?? project["sourceVersion"])?.DeepClone(),
            ["source"] = source,
            ["environment"] = environment,
            ["serviceRole"] = (call.Input["serviceRoleOverride"] ?? project["serviceRole"])?.DeepClone(),
            ["timeoutInMinutes"] = (call.Input["timeoutInMinutesOverride"] ?? project["timeoutInMinutes"])?.DeepClone(),
            ["queuedTimeoutInMinutes"] = project["queuedTimeoutInMinutes"]?.DeepClone(),
            ["artifacts"] = new JsonObject { ["location"] = "" },
            ["cache"] = project["cache"]?.DeepClone(),
            ["logs"] = new JsonObject { ["groupName"] = group, ["streamName"] = uuid },
        };
    }

    /// <summary>The project's variables; those of the call replace variables of the same name.</summary>
    private static JsonArray Merge(JsonArray own, JsonArray overriding)
    {
        var variables = own.Concat(overriding)
            .GroupBy(variable => (string)variable!["name"]!)
            .Select(group => group.Last()!.DeepClone());
        return [.. variables];
    }

    private static string Id(JsonNode? idOrArn) => Arn.IdOf((string)idOrArn!);

    /// <summary>The build as clients see it, without the members that begin with an underscore.</summary>
    private static JsonObject Shown(JsonObject build) =>
        new(
            build
                .Where(member => !member.Key.StartsWith('_'))
                .Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone()))
        );

    private Task<JsonObject> ListAsync(AwsCall call, string? project)
    {
        // Newest first, unless asked otherwise; AWS's pages hold 100.
        var ids = store.List(project).Select(build => (string)build["id"]!);
        var sorted = (string?)call.Input["sortOrder"] == "ASCENDING" ? ids : ids.Reverse();
        var start = int.TryParse((string?)call.Input["nextToken"], out var offset) ? offset : 0;
        var page = sorted.Skip(start).Take(101).ToList();
        var output = new JsonObject { ["ids"] = new JsonArray([.. page.Take(100).Select(id => JsonValue.Create(id))]) };
        if (page.Count > 100)
        {
            output["nextToken"] = $"{start + 100}";
        }

        return Task.FromResult(output);
    }
}
