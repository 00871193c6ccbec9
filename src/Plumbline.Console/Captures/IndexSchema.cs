using Dapper;
using Microsoft.Data.Sqlite;

namespace Plumbline.WebConsole.Captures;

/// <summary>The tables of an index. There is nothing to upgrade: an index of another version is made anew.</summary>
internal static class IndexSchema
{
    /// <summary>Kept in <c>PRAGMA user_version</c>.</summary>
    public const int Version = 1;

    private const string Tables = """
        -- What the rows were made with, and the number of the next one.
        CREATE TABLE about (settings TEXT NOT NULL, next_row INTEGER NOT NULL);

        CREATE TABLE objects (
            id         INTEGER PRIMARY KEY,
            key        TEXT    NOT NULL UNIQUE,
            variant    TEXT    NOT NULL,
            etag       TEXT    NOT NULL,
            rows       INTEGER NOT NULL,
            unreadable INTEGER NOT NULL
        );

        -- See CaptureId for the ids. Labels are class indexes, -1 for an answer that names none.
        CREATE TABLE captures (
            id     INTEGER PRIMARY KEY,
            key    TEXT    NOT NULL,
            object INTEGER NOT NULL,
            offset INTEGER NOT NULL,
            length INTEGER NOT NULL,
            row    INTEGER NOT NULL,
            label  INTEGER NOT NULL,
            score  REAL,
            audit  INTEGER NOT NULL
        );

        CREATE TABLE hours (
            hour   INTEGER NOT NULL,
            label  INTEGER NOT NULL,
            rows   INTEGER NOT NULL,
            scored INTEGER NOT NULL,
            score  REAL    NOT NULL,
            PRIMARY KEY (hour, label)
        ) WITHOUT ROWID;

        CREATE TABLE correction_files (key TEXT PRIMARY KEY) WITHOUT ROWID;

        -- The newest row with the key is the capture; null until it is indexed.
        CREATE TABLE corrections (
            id       TEXT    PRIMARY KEY,
            key      TEXT    NOT NULL,
            label    TEXT    NOT NULL,
            reviewer TEXT    NOT NULL,
            list     INTEGER NOT NULL,
            time     INTEGER NOT NULL,
            reason   TEXT,
            audit    INTEGER NOT NULL,
            capture  INTEGER
        ) WITHOUT ROWID;

        CREATE INDEX corrections_by_key ON corrections (key);
        CREATE INDEX corrections_by_capture ON corrections (capture);
        """;

    /// <summary>
    /// Made once the first pass is over: keys come in no order, and a million of them are sorted in a fraction of the time
    /// that it takes to insert them one by one. Until then the same queries only take longer.
    /// </summary>
    private const string Indexes = """
        CREATE INDEX IF NOT EXISTS captures_by_key ON captures (key);
        CREATE INDEX IF NOT EXISTS captures_by_label ON captures (label);
        CREATE INDEX IF NOT EXISTS captures_in_audit ON captures (id) WHERE audit = 1;
        """;

    /// <summary>Makes the tables of an empty file.</summary>
    public static void Create(SqliteConnection connection, string settings)
    {
        using var transaction = connection.BeginTransaction();
        connection.Execute(Tables, transaction: transaction);
        connection.Execute("INSERT INTO about VALUES (@settings, 0)", new { settings }, transaction);
        connection.Execute($"PRAGMA user_version = {Version}", transaction: transaction);
        transaction.Commit();
    }

    /// <summary>Makes the indexes that are not there yet.</summary>
    public static void CreateIndexes(SqliteConnection connection) => connection.Execute(Indexes);

    /// <summary>True where the file's tables are these, made with these settings.</summary>
    public static bool Fits(SqliteConnection connection, string settings) =>
        connection.ExecuteScalar<long>("PRAGMA user_version") == Version
        && connection.ExecuteScalar<string>("SELECT settings FROM about") == settings;
}
