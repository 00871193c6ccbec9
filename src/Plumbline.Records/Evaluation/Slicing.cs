using Plumbline.Tables;

namespace Plumbline.Records.Evaluation;

/// <summary>Divides a set by the values of the columns that the project names in <c>quality.slices</c>.</summary>
public static class Slicing
{
    private const int MostValues = 12;

    /// <summary>
    /// Makes one slice for each value of a column, or quarters of equal size for more than 12 values.
    /// </summary>
    /// <param name="set"><c>recent</c> or <c>base</c>.</param>
    /// <param name="test">The rows.</param>
    /// <param name="features">The column names of the model's inputs.</param>
    /// <param name="columns">The columns to slice by.</param>
    public static IEnumerable<Slice> Of(
        string set,
        TestSet test,
        IReadOnlyList<string> features,
        IReadOnlyList<string> columns
    )
    {
        if (test.Rows == 0)
            yield break;
        foreach (var column in columns)
        {
            var index = features.ToList().IndexOf(column);
            if (index < 0 || index >= test.Columns)
                throw new UserError("plumbline.yaml", $"quality.slices: '{column}' is not a feature column");
            var values = test.Numbers(index);
            var names = test.Schema?.Columns[index].Kind is null or ColumnKind.Number
                ? Names(column, values)
                : Names(column, test.Texts(index));
            var groups = Enumerable.Range(0, test.Rows).GroupBy(row => names[row]);
            foreach (var group in groups.OrderBy(g => values[g.First()]).ThenBy(g => g.Key, StringComparer.Ordinal))
                yield return new Slice(set, group.Key, [.. group]);
        }
    }

    /// <summary>The most frequent texts, and one slice for all others.</summary>
    private static string[] Names(string column, string[] texts)
    {
        var frequent = texts
            .GroupBy(text => text)
            .OrderByDescending(group => group.Count())
            .ThenBy(group => group.Key, StringComparer.Ordinal)
            .Take(MostValues)
            .Select(group => group.Key)
            .ToHashSet();
        return Array.ConvertAll(
            texts,
            text =>
                text.Length == 0 ? $"{column} missing"
                : frequent.Contains(text) ? $"{column} = {text}"
                : $"{column}: other values"
        );
    }

    private static string[] Names(string column, float[] values)
    {
        if (values.Distinct().Count() <= MostValues)
            return Array.ConvertAll(values, value => FormattableString.Invariant($"{column} = {value}"));
        var sorted = values.Where(value => !float.IsNaN(value)).Order().ToArray();
        float[] ends = [.. new[] { 1, 2, 3, 4 }.Select(quarter => sorted[(sorted.Length - 1) * quarter / 4])];
        return Array.ConvertAll(
            values,
            value =>
                float.IsNaN(value)
                    ? $"{column} missing"
                    : FormattableString.Invariant($"{column} <= {ends.First(end => value <= end)}")
        );
    }
}
