using System.Text.RegularExpressions;
using Plumbline.Records;
using Plumbline.Tables;

namespace Plumbline.Loop.Project;

/// <summary>Writes <c>data.columns</c> into the text of a <c>plumbline.yaml</c>, whose other lines stay as they are.</summary>
public static partial class ColumnKinds
{
    private static readonly string[] Reserved = ["yes", "no", "true", "false", "null", "on", "off", "y", "n"];

    /// <summary>Returns the text with the columns at the end of the section <c>data</c>.</summary>
    /// <exception cref="UserError">The section has columns already, or it is not a block of lines.</exception>
    public static string Write(string yaml, IEnumerable<(string Name, ColumnKind? Kind)> columns)
    {
        var lines = yaml.ReplaceLineEndings("\n").Split('\n').ToList();
        var data = lines.FindIndex(line =>
            line.TrimEnd() == "data:"
            || line.StartsWith("data:", StringComparison.Ordinal) && line[5..].TrimStart().StartsWith('#')
        );
        if (data < 0)
        {
            throw new UserError(
                ProjectFolder.DescriptionFile,
                "`data:` must be a line of its own, with its keys on the lines below it"
            );
        }

        // The section ends before the next line that is not indented, and before the blank lines and comments above it.
        var end = lines.FindIndex(data + 1, line => line.Length > 0 && !char.IsWhiteSpace(line[0]) && line[0] != '#');
        end = end < 0 ? lines.Count : end;
        while (end > data + 1 && !lines[end - 1].StartsWith(' '))
        {
            end--;
        }

        var indent = Indent().Match(end > data + 1 ? lines[data + 1] : "  ").Value;
        if (
            lines
                .Skip(data)
                .Take(end - data)
                .Any(line => line.TrimStart().StartsWith("columns:", StringComparison.Ordinal))
        )
        {
            throw new UserError(
                $"{ProjectFolder.DescriptionFile}:{data + 1}",
                "data.columns is there already: remove it, if the kinds shall be found anew"
            );
        }

        lines.InsertRange(end, Lines(columns).Select(line => indent + line));
        return string.Join('\n', lines);
    }

    /// <summary>The key <c>columns</c> with a line for each column; null is a column that the model does not take.</summary>
    public static IEnumerable<string> Lines(IEnumerable<(string Name, ColumnKind? Kind)> columns) =>
        columns
            .Select(column => $"  {Text(column.Name)}: {column.Kind?.ToString().ToLowerInvariant() ?? "ignore"}")
            .Prepend("columns:");

    /// <summary>A text as YAML reads it back: in quotes, unless it is a plain word.</summary>
    public static string Text(string text) =>
        Plain().IsMatch(text) && !Reserved.Contains(text.ToLowerInvariant())
            ? text
            : $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_.-]*( [A-Za-z0-9_.-]+)*$")]
    private static partial Regex Plain();

    [GeneratedRegex(@"^\s*")]
    private static partial Regex Indent();
}
