using System.Text.Json.Nodes;
using Plumbline.LocalCloud.Identity;
using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Services.CodeBuild.Projects;

/// <summary>Build projects, as they were sent.</summary>
internal sealed class ProjectStore(Database database, CivilClock clock)
{
    private readonly Documents documents = new("codebuild/project");

    public static string ArnOf(string name) => LocalArn.Of("codebuild", $"project/{name}");

    public JsonObject? Find(string name) => database.Read(connection => documents.Find(connection, name))?.Tree;

    public JsonObject Get(string name) => Find(name) ?? throw CodeBuildErrors.NoProject(ArnOf(name));

    public IReadOnlyList<Document> List() => database.Read(connection => documents.List(connection));

    public async Task AddAsync(JsonObject project)
    {
        var name = (string)project["name"]!;
        project["created"] = Now();
        project["lastModified"] = Now();
        if (!await database.WriteAsync(connection => documents.TryAdd(connection, name, project, clock.GetUtcNow())))
        {
            throw CodeBuildErrors.ProjectExists(ArnOf(name));
        }
    }

    /// <summary>Replaces the members that are given.</summary>
    public Task<JsonObject> UpdateAsync(string name, JsonObject members) =>
        database.WriteAsync(connection =>
        {
            var project = documents.Find(connection, name)?.Tree ?? throw CodeBuildErrors.NoProject(ArnOf(name));
            foreach (var (member, value) in members)
            {
                project[member] = value?.DeepClone();
            }

            project["lastModified"] = Now();
            documents.TryReplace(connection, name, project, clock.GetUtcNow());
            return project;
        });

    public Task RemoveAsync(string name) => database.WriteAsync(connection => documents.TryRemove(connection, name));

    private double Now() => clock.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;
}
