using Dapper;
using Microsoft.Data.Sqlite;
using Plumbline.Records;

namespace Plumbline.WebConsole.People;

/// <summary>The SQLite file of users and tokens, which only its owner may read.</summary>
internal sealed class PeopleFile
{
    private const string FileName = "console-users.db";
    private const int SchemaVersion = 2;

    private readonly string connectionString;

    /// <summary>Opens the file in a folder; creates both if they are missing.</summary>
    /// <exception cref="UserError">The file is not a readable database.</exception>
    public PeopleFile(string folder)
    {
        SQLitePCL.Batteries_V2.Init();
        const UnixFileMode OwnerFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        Directory.CreateDirectory(folder, OwnerFolder);
        var path = Path.Combine(folder, FileName);
        connectionString = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString();
        if (!File.Exists(path))
        {
            using var made = new FileStream(
                path,
                new FileStreamOptions
                {
                    Mode = FileMode.OpenOrCreate,
                    Access = FileAccess.Write,
                    UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
                }
            );
        }

        try
        {
            Upgrade();
        }
        catch (SqliteException damage)
        {
            throw new UserError(
                path,
                $"the console's users cannot be read ({damage.Message}): restore the file, or move it away and add the users again with `plumb user add`"
            );
        }
    }

    /// <summary>Opens a connection whose commits are durable.</summary>
    public SqliteConnection Open()
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        connection.Execute("PRAGMA synchronous = FULL");
        return connection;
    }

    private void Upgrade()
    {
        using var connection = Open();
        if (connection.ExecuteScalar<int>("PRAGMA user_version") < SchemaVersion)
        {
            connection.Execute(
                $"""
                CREATE TABLE IF NOT EXISTS users (
                  name TEXT PRIMARY KEY COLLATE NOCASE, role TEXT NOT NULL, hash TEXT NOT NULL, stamp TEXT NOT NULL,
                  created INTEGER NOT NULL);
                CREATE TABLE IF NOT EXISTS tokens (
                  name TEXT PRIMARY KEY COLLATE NOCASE, hash TEXT NOT NULL UNIQUE, created INTEGER NOT NULL);
                PRAGMA user_version = {SchemaVersion};
                """
            );
        }
    }
}
