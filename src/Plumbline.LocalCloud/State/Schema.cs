using System.Globalization;
using System.Reflection;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Plumbline.LocalCloud.State;

/// <summary>The database's schema: the files of <c>State/Schema</c>, applied in order of their number, forward only.</summary>
internal static class Schema
{
    private const string Folder = "Plumbline.LocalCloud.State.Schema.";

    /// <summary>The version that this assembly reads and writes.</summary>
    public static int Newest { get; } = Steps()[^1].Number;

    public static void Upgrade(SqliteConnection connection)
    {
        var steps = Steps();
        var version = connection.ExecuteScalar<int>("PRAGMA user_version");
        if (version > Newest)
        {
            throw new UnusableDataException(
                $"{connection.DataSource} has schema {version}, this version of Plumbline knows {Newest}: use a newer Plumbline, or another --data folder."
            );
        }

        if (version < Newest)
        {
            if (version > 0)
            {
                SchemaBackup.Make(connection, version);
            }

            Apply(connection, steps.Where(step => step.Number > version));
        }
    }

    /// <summary>Applies all steps or none: an error or a crash leaves the old version.</summary>
    private static void Apply(SqliteConnection connection, IEnumerable<(int Number, string Sql)> steps)
    {
        using var transaction = connection.BeginTransaction();
        foreach (var (number, sql) in steps)
        {
            try
            {
                connection.Run(sql);
            }
            catch (SqliteException exception)
            {
                throw new UnusableDataException(
                    $"{connection.DataSource} could not be upgraded to schema {number} ({exception.Message}) and is unchanged: use the Plumbline that wrote it, or another --data folder.",
                    exception
                );
            }
        }

        connection.Run($"PRAGMA user_version = {Newest}");
        transaction.Commit();
    }

    private static List<(int Number, string Sql)> Steps()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return
        [
            .. from name in assembly.GetManifestResourceNames()
            where name.StartsWith(Folder, StringComparison.Ordinal)
            let number = int.Parse(name.AsSpan(Folder.Length, 4), CultureInfo.InvariantCulture)
            orderby number
            select (number, ReadText(assembly, name)),
        ];
    }

    private static string ReadText(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
