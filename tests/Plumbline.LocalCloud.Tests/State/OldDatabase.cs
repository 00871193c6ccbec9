using System.Reflection;
using Dapper;
using Microsoft.Data.Sqlite;
using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Tests.State;

/// <summary>Makes a database of an older version of Plumbline.</summary>
internal static class OldDatabase
{
    /// <summary>The newest schema version.</summary>
    public static int Newest { get; } = Files().Max(NumberOf);

    /// <param name="path">The path of the database file.</param>
    /// <param name="version">The schema version.</param>
    /// <param name="content">SQL statements that fill the database.</param>
    public static async Task WriteAsync(string path, int version, string content)
    {
        await using var connection = Connect(path);
        foreach (var name in Files().Where(name => NumberOf(name) <= version).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(typeof(Database).Assembly.GetManifestResourceStream(name)!);
            await connection.ExecuteAsync(await reader.ReadToEndAsync());
        }

        await connection.ExecuteAsync($"{content}; PRAGMA user_version = {version}");
    }

    /// <summary>Connects to a database that no local cloud has open.</summary>
    public static SqliteConnection Connect(string path)
    {
        var connection = new SqliteConnection($"Data Source={path};Pooling=false");
        connection.Open();
        return connection;
    }

    public static int VersionOf(string path)
    {
        using var connection = Connect(path);
        return connection.ExecuteScalar<int>("PRAGMA user_version");
    }

    private static IEnumerable<string> Files() =>
        typeof(Database)
            .Assembly.GetManifestResourceNames()
            .Where(name => name.Contains(".Schema.", StringComparison.Ordinal));

    private static int NumberOf(string name) => int.Parse(name.Split(".Schema.")[1][..4], null);
}
