using Dapper;
using Microsoft.Data.Sqlite;
using Plumbline.Aws.Views.CodeCommit;
using Plumbline.LocalCloud.State;
using Plumbline.LocalCloud.State.Removal;

namespace Plumbline.LocalCloud.Services.CodeCommit.Repositories;

/// <summary>
/// Repositories: the metadata and the last known references are in the database, the commits in one bare git repository
/// each. A reference is stored together with its event, so that after a crash between a push and its event the next
/// comparison adds the event.
/// </summary>
internal sealed class RepositoryStore(Database database, DataFolder folder, CivilClock clock, EventOutbox outbox)
    : IDisposable
{
    private readonly Documents documents = new("codecommit/repository");
    private readonly SemaphoreSlim comparing = new(1);

    public RepositoryMetadata Get(string name) => Find(name) ?? throw CodeCommitErrors.NoRepository(name);

    public RepositoryMetadata? Find(string name) => database.Read(connection => Find(connection, name));

    public IReadOnlyList<RepositoryMetadata> List() =>
        [
            .. database
                .Read(connection => documents.List(connection))
                .Select(document => new RepositoryMetadata(document.Tree)),
        ];

    /// <summary>True if a repository's last known references include one with this full name.</summary>
    public bool HasReference(string repository, string name) =>
        database.Read(connection => References(connection, repository)).ContainsKey(name);

    /// <summary>Opens the repository's git folder.</summary>
    public Git Open(string name) => new(PathOf(Get(name).RepositoryId));

    public async Task AddAsync(RepositoryMetadata repository)
    {
        var path = PathOf(repository.RepositoryId);
        var made = path + ".new";
        Directory.CreateDirectory(made);
        var git = new Git(made);
        await git.RunAsync("init", "--quiet", "--bare", "--initial-branch=main");
        await git.RunAsync("config", "http.receivepack", "true");
        DurableFolder.Flush(made);
        Directory.Move(made, path);
        DurableFolder.FlushEntries(Path.GetDirectoryName(path)!);
        var name = repository.RepositoryName;
        if (
            !await database.WriteAsync(connection =>
                documents.TryAdd(connection, name, repository.Tree, clock.GetUtcNow())
            )
        )
        {
            Directory.Delete(path, recursive: true);
            throw CodeCommitErrors.RepositoryExists(name);
        }
    }

    public async Task<string?> RemoveAsync(string name)
    {
        // If several calls remove it at once, only one finds it and removes its folder.
        var id = await database.WriteAsync(connection =>
        {
            var found = Find(connection, name)?.RepositoryId;
            documents.TryRemove(connection, name);
            return found;
        });
        if (id is not null)
        {
            // Git may be writing there at this moment: then the folder goes to the trash.
            Trash.Remove(PathOf(id), folder.Root);
        }

        return id;
    }

    /// <summary>Compares the references with those last known, and adds an event for each difference.</summary>
    /// <param name="name">The repository's name.</param>
    /// <param name="callerArn">The principal that changed them; null if it is unknown after a crash.</param>
    public async Task RecordReferencesAsync(string name, string? callerArn)
    {
        var git = Open(name);
        // Two pushes at once are compared one after the other; not on the writer's thread, which must not wait for git.
        await comparing.WaitAsync();
        try
        {
            var now = await ReferencesAsync(git);
            FlushNames(git.Folder);
            await RecordAsync(name, callerArn, now);
        }
        finally
        {
            comparing.Release();
        }
    }

    private Task RecordAsync(string name, string? callerArn, Dictionary<string, string> now) =>
        database.WriteAsync(connection =>
        {
            var changes = ReferenceChange.Between(References(connection, name), now).ToList();
            if (changes.Count == 0 || Find(connection, name) is not { } repository)
            {
                return;
            }

            foreach (var change in changes)
            {
                outbox.Add(
                    connection,
                    "aws.codecommit",
                    "CodeCommit Repository State Change",
                    change.Detail(repository, callerArn),
                    repository.Arn
                );
                connection.Execute(
                    change.After is null
                        ? "DELETE FROM repository_references WHERE repository = @name AND name = @FullName"
                        : "INSERT OR REPLACE INTO repository_references VALUES (@name, @FullName, @After)",
                    new
                    {
                        name,
                        change.FullName,
                        change.After,
                    }
                );
            }

            repository.Tree["lastModifiedDate"] = clock.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;
            documents.TryReplace(connection, name, repository.Tree, clock.GetUtcNow());
        });

    public void Dispose() => comparing.Dispose();

    /// <summary>
    /// Git flushes its files, but not the folders that name them, so a renamed file could be missing after a power
    /// loss. The order is packs, loose objects, references: a reference is never on disk before its objects.
    /// </summary>
    private static void FlushNames(string folder)
    {
        foreach (var part in (string[])["objects/pack", "objects", "refs"])
        {
            DurableFolder.FlushNames(Path.Combine(folder, part));
        }

        DurableFolder.FlushEntries(folder);
    }

    private static async Task<Dictionary<string, string>> ReferencesAsync(Git git) =>
        (await git.RunAsync("for-each-ref", "--format=%(refname) %(objectname)"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' '))
            .ToDictionary(parts => parts[0], parts => parts[1]);

    private RepositoryMetadata? Find(SqliteConnection connection, string name) =>
        documents.Find(connection, name) is { } found ? new RepositoryMetadata(found.Tree) : null;

    private static Dictionary<string, string> References(SqliteConnection connection, string repository) =>
        connection
            .Query<(string Name, string Commit)>(
                "SELECT name, commit_id FROM repository_references WHERE repository = @repository",
                new { repository }
            )
            .ToDictionary(one => one.Name, one => one.Commit);

    private string PathOf(string id) => Path.Combine(folder.Folder("repositories"), id + ".git");
}
