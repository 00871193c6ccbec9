using System.Text.RegularExpressions;
using Plumbline.Testing;

namespace Plumbline.Scenarios.Tests.Permissions;

/// <summary>The table of <c>docs/permissions.md</c>; each row has an actor, actions, resources and a reason.</summary>
internal static partial class ReviewedTable
{
    public static IReadOnlyList<Permission> Permissions() =>
        [
            .. from line in File.ReadLines(Repository.Path("docs", "permissions.md"))
            where line.StartsWith("| `", StringComparison.Ordinal)
            let cells = line.Split('|', StringSplitOptions.TrimEntries)
            where cells.Length == 6 && cells[4].Length > 0
            from actor in Quoted(cells[1])
            from action in Quoted(cells[2])
            from resource in Quoted(cells[3])
            select new Permission(actor, action, resource),
        ];

    private static IEnumerable<string> Quoted(string cell) =>
        InBackticks().Matches(cell).Select(match => match.Groups[1].Value);

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex InBackticks();
}
