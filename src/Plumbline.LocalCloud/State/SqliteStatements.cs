using Microsoft.Data.Sqlite;

namespace Plumbline.LocalCloud.State;

internal static class SqliteStatements
{
    /// <summary>Runs statements that have no parameters and no result.</summary>
    public static void Run(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The texts are this assembly's own.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
