using System.Globalization;
using System.Reflection;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Plumbline.LocalCloud.State;

/// <summary>The database's schema: the files of <c>State/Schema</c>, applied in order of their number, forward only.</summary>
internal static class Schema
{
    private const string Folder = "Plumbline.LocalCloud.State.Schema.";

    public static void Upgrade(SqliteConnection connection)
    {
        var steps = Steps();
        var version = connection.ExecuteScalar<int>("PRAGMA user_version");
        var newest = steps[^1].Number;
        if (version > newest)
        {
            throw new InvalidOperationException(
                $"{connection.DataSource} has schema {version}, this version of Plumbline knows {newest}: use a newer Plumbline, or another --data folder."
            );
        }

        foreach (var (number, sql) in steps.Where(step => step.Number > version))
        {
            connection.Run($"BEGIN IMMEDIATE; {sql}; PRAGMA user_version = {number}; COMMIT");
        }
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
