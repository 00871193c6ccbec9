using Dapper;
using Microsoft.Data.Sqlite;

namespace Plumbline.WebConsole.Captures;

/// <summary>The tables of an index. They are never upgraded: an index of another version is rebuilt.</summary>
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
        -- In a regression, which has no labels, the score is the predicted number.
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
    /// Created after the first pass: keys come in random order, and sorting a million of them takes a fraction of the
    /// time of inserting them one by one. Until then queries only take longer.
    /// </summary>
    private const string Indexes = """
        CREATE INDEX IF NOT EXISTS captures_by_key ON captures (key);
        CREATE INDEX IF NOT EXISTS captures_by_label ON captures (label);
        CREATE INDEX IF NOT EXISTS captures_in_audit ON captures (id) WHERE audit = 1;
        """;

    /// <summary>Creates the tables of an empty file.</summary>
    public static void Create(SqliteConnection connection, string settings)
    {
        using var transaction = connection.BeginTransaction();
        connection.Execute(Tables, transaction: transaction);
        connection.Execute("INSERT INTO about VALUES (@settings, 0)", new { settings }, transaction);
        connection.Execute($"PRAGMA user_version = {Version}", transaction: transaction);
        transaction.Commit();
    }

    public static void CreateIndexes(SqliteConnection connection) => connection.Execute(Indexes);

    /// <summary>True if the file has this version of the tables and these settings.</summary>
    public static bool Fits(SqliteConnection connection, string settings) =>
        connection.ExecuteScalar<long>("PRAGMA user_version") == Version
        && connection.ExecuteScalar<string>("SELECT settings FROM about") == settings;
}
