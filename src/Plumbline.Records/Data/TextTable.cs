using System.Text;
using System.Text.Json.Nodes;
using Plumbline.Tables;

namespace Plumbline.Records.Data;

/// <summary>A CSV whose only useful column besides the label has texts, as JSON Lines.</summary>
public static class TextTable
{
    /// <summary>The lines, with <c>source</c> and the label; null if the table has other columns too.</summary>
    /// <exception cref="UserError">The file is not a table, or has no such label.</exception>
    public static IReadOnlyList<string>? ToLines(string path, string label)
    {
        var columns = TableInspection.Read(path, label).Kinds().Where(one => one.Kind is not null).ToList();
        if (columns is not [{ Kind: ColumnKind.Text } text])
            return null;
        using var table = new BaseTable(BaseFiles.Open(path));
        var (source, truth) = (Array.IndexOf(table.Header, text.Name), Array.IndexOf(table.Header, label));
        var lines = new List<string>();
        while (table.Read())
        {
            var line = new JsonObject
            {
                ["source"] = Encoding.UTF8.GetString(table.Cell(source)),
                [label] = Encoding.UTF8.GetString(table.Cell(truth)),
            };
            lines.Add(line.ToJsonString(RecordJson.Compact));
        }
        return lines;
    }
}
