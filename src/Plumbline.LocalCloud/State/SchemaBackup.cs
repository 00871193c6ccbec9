using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Plumbline.LocalCloud.State;

/// <summary>
/// A copy of the database from before a schema upgrade, for a return to the older version. It lies next to the
/// database, such as <c>plumbline.db.schema-14</c>.
/// </summary>
internal static class SchemaBackup
{
    private const int Kept = 2;

    /// <summary>Copies the database, flushes the copy, and removes all but the newest two.</summary>
    /// <param name="connection">The database.</param>
    /// <param name="version">The version of its schema.</param>
    public static void Make(SqliteConnection connection, int version)
    {
        var prefix = Path.GetFullPath(connection.DataSource) + ".schema-";
        var unfinished = prefix + "unfinished";
        // Left by an upgrade that was cut off.
        File.Delete(unfinished);
        connection.Execute("VACUUM INTO @unfinished", new { unfinished });
        File.SetUnixFileMode(unfinished, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        using (var handle = File.OpenHandle(unfinished, access: FileAccess.ReadWrite))
        {
            RandomAccess.FlushToDisk(handle);
        }

        DurableFile.MoveFlushed(unfinished, $"{prefix}{version}");
        foreach (var old in Versions(prefix).OrderDescending().Skip(Kept))
        {
            File.Delete($"{prefix}{old}");
        }
    }

    private static IEnumerable<int> Versions(string prefix) =>
        from path in Directory.EnumerateFiles(Path.GetDirectoryName(prefix)!, Path.GetFileName(prefix) + "*")
        let version = int.TryParse(path.AsSpan(prefix.Length), CultureInfo.InvariantCulture, out var number)
            ? number
            : 0
        where version > 0
        select version;
}
