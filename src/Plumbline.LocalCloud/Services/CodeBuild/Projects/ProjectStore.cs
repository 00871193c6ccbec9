using Microsoft.Data.Sqlite;
using Plumbline.Aws.Views.CodeBuild;
using Plumbline.LocalCloud.Identity;
using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Services.CodeBuild.Projects;

/// <summary>Build projects, as they were sent.</summary>
internal sealed class ProjectStore(Database database, CivilClock clock)
{
    private readonly Documents documents = new("codebuild/project");

    public static string ArnOf(string name) => LocalArn.Of("codebuild", $"project/{name}");

    public Project? Find(string name) => database.Read(connection => Find(connection, name));

    public Project Get(string name) => Find(name) ?? throw CodeBuildErrors.NoProject(ArnOf(name));

    public IReadOnlyList<Document> List() => database.Read(connection => documents.List(connection));

    public async Task AddAsync(Project project)
    {
        project.Tree["created"] = Now();
        project.Tree["lastModified"] = Now();
        if (
            !await database.WriteAsync(connection =>
                documents.TryAdd(connection, project.Name, project.Tree, clock.GetUtcNow())
            )
        )
        {
            throw CodeBuildErrors.ProjectExists(project.Arn);
        }
    }

    /// <summary>Replaces the members that are given.</summary>
    public Task<Project> UpdateAsync(Project members) =>
        database.WriteAsync(connection =>
        {
            var name = members.Name;
            var project = Find(connection, name) ?? throw CodeBuildErrors.NoProject(ArnOf(name));
            foreach (var (member, value) in members.Tree)
            {
                project.Tree[member] = value?.DeepClone();
            }

            project.Tree["lastModified"] = Now();
            documents.TryReplace(connection, name, project.Tree, clock.GetUtcNow());
            return project;
        });

    public Task RemoveAsync(string name) => database.WriteAsync(connection => documents.TryRemove(connection, name));

    private Project? Find(SqliteConnection connection, string name) =>
        documents.Find(connection, name) is { } found ? new Project(found.Tree) : null;

    private double Now() => clock.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;
}
