using Dapper;
using Microsoft.Data.Sqlite;
using Plumbline.LocalCloud.Services.CodeCommit;
using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Scrubbing;

/// <summary>
/// Reads all data of a data folder and compares it with what was written: objects with their size, MD5 and checksum,
/// the database by SQLite's own check, repositories by git's. The local cloud may run meanwhile: the scrub changes
/// nothing, and items that are replaced or deleted during the scrub do not count as damaged.
/// </summary>
public static class Scrub
{
    /// <exception cref="UnusableDataException">
    /// The folder has no database, or one with another schema version.
    /// </exception>
    public static async Task<ScrubReport> RunAsync(string dataFolder, CancellationToken cancellationToken)
    {
        var path = Path.GetFullPath(DataFolder.DatabaseOf(dataFolder));
        if (!File.Exists(path))
        {
            throw new UnusableDataException($"{path} is missing: name the data folder of a local cloud with --data.");
        }

        var damaged = new List<Damage>();
        await using var connection = Open(path);
        try
        {
            RefuseOtherSchema(connection, path);
            damaged.AddRange(
                connection
                    .Query<string>("PRAGMA integrity_check")
                    .Where(line => line != "ok")
                    .Select(line => new Damage("database", path, null, line))
            );
            var objects = new ObjectScrub(connection, Path.Combine(Path.GetDirectoryName(path)!, "objects"));
            damaged.AddRange(objects.Damaged(cancellationToken));
            var repositories = Repositories(connection);
            foreach (var (name, id) in repositories)
            {
                var folder = Path.Combine(Path.GetDirectoryName(path)!, "repositories", id + ".git");
                if (await ProblemAsync(folder) is { } problem && Repositories(connection).Contains((name, id)))
                {
                    damaged.Add(new Damage("repository", name, null, problem));
                }
            }

            return new ScrubReport(objects.Count, objects.Bytes, repositories.Count, damaged);
        }
        catch (SqliteException exception)
        {
            // A database that is too damaged to be read ends the scrub.
            damaged.Add(new Damage("database", path, null, exception.Message));
            return new ScrubReport(0, 0, 0, damaged);
        }
    }

    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder
            {
                DataSource = path,
                Mode = SqliteOpenMode.ReadWrite,
                Pooling = false,
                DefaultTimeout = 60,
            }.ToString()
        );
        connection.Open();
        return connection;
    }

    private static void RefuseOtherSchema(SqliteConnection connection, string path)
    {
        connection.Run("PRAGMA query_only = ON");
        var version = connection.ExecuteScalar<int>("PRAGMA user_version");
        if (version != Schema.Newest)
        {
            throw new UnusableDataException(
                $"{path} has schema {version}, and this version of Plumbline reads {Schema.Newest}: scrub it with the Plumbline that runs it, or start this one on it once."
            );
        }
    }

    private static HashSet<(string Name, string Id)> Repositories(SqliteConnection connection) =>
        connection
            .Query<(string, string)>(
                "SELECT key, tree ->> '$.repositoryId' FROM documents WHERE kind = 'codecommit/repository' ORDER BY key"
            )
            .ToHashSet();

    private static async Task<string?> ProblemAsync(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return $"its folder {folder} is missing";
        }

        var check = await new Git(folder).TryAsync(["fsck", "--full", "--no-dangling", "--no-progress"]);
        var said = $"{check.Error}\n{check.Text}".Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return check.ExitCode == 0 ? null
            : said.Length == 0 ? $"git fsck ended with {check.ExitCode}"
            : string.Join("; ", said.Take(3));
    }
}
