using System.Globalization;
using Plumbline.XGBoost.Inputs;

namespace Plumbline.XGBoost.Sparse;

/// <summary>
/// Reads libsvm files as libxgboost does: <c>LABEL[:WEIGHT] [qid:QUERY] INDEX:VALUE ...</c>, with a comment after
/// <c>#</c>. An index is a column, counted from 0. The first invalid line throws an <see cref="InputException"/> that
/// names file and line.
/// </summary>
public static class LibSvmReader
{
    /// <summary>Reads all files of a folder and its subfolders, ordered by name; dot files are skipped.</summary>
    /// <param name="checkLabel">Returns what is wrong with a label, or null.</param>
    /// <param name="place">The folder's name in messages, for example <c>channel train</c>.</param>
    public static SparseRows ReadFolder(
        string folder,
        Func<float, string?> checkLabel,
        string place,
        CancellationToken stop = default
    )
    {
        var rows = new SparseRows();
        foreach (var (path, name) in InputFiles.Of(folder, place))
        {
            var line = 0;
            foreach (var text in File.ReadLines(path))
            {
                stop.ThrowIfCancellationRequested();
                line++;
                if (Add(text, rows, checkLabel) is { } wrong)
                {
                    throw new InputException($"{name}, line {line}", wrong);
                }
            }
        }
        if (rows.Rows == 0)
        {
            throw new InputException(place, "it has no rows");
        }
        return rows.Queries.Length == 0 || rows.Queries.Length == rows.Rows
            ? rows
            : throw new InputException(
                place,
                "some rows have a qid and others do not: write it in every row or in no row"
            );
    }

    /// <summary>Reads the rows of a request. A token without a colon, such as a label, is skipped.</summary>
    /// <exception cref="InputException">A line is invalid.</exception>
    public static SparseRows ReadFeatures(string body)
    {
        var rows = new SparseRows();
        var line = 0;
        foreach (var text in body.Trim().Split('\n'))
        {
            line++;
            foreach (var item in text.AsSpan().SplitAny(' ', '\t', '\r'))
            {
                var token = text.AsSpan()[item];
                if (token.Contains(':') && AddFeature(token, rows) is { } wrong)
                {
                    throw new InputException($"line {line}", wrong);
                }
            }
            rows.Complete();
        }
        return rows;
    }

    private static string? Add(string text, SparseRows rows, Func<float, string?> checkLabel)
    {
        var end = text.IndexOf('#', StringComparison.Ordinal);
        var line = end < 0 ? text.AsSpan() : text.AsSpan(0, end);
        var (label, weight, query) = (float.NaN, 1f, (uint?)null);
        var first = true;
        foreach (var item in line.SplitAny(' ', '\t', '\r'))
        {
            var token = line[item];
            if (token.IsEmpty)
            {
                continue;
            }
            if (first)
            {
                first = false;
                var colon = token.IndexOf(':');
                if (
                    !TryFloat(colon < 0 ? token : token[..colon], out label)
                    || (colon >= 0 && !TryFloat(token[(colon + 1)..], out weight))
                )
                {
                    return $"\"{token}\" is not a label (LABEL or LABEL:WEIGHT)";
                }
                if (checkLabel(label) is { } wrong)
                {
                    return wrong;
                }
                if (!(weight >= 0))
                {
                    return "the weight must be a number that is not negative";
                }
            }
            else if (token.StartsWith("qid:", StringComparison.Ordinal))
            {
                if (!uint.TryParse(token[4..], CultureInfo.InvariantCulture, out var number))
                {
                    return $"\"{token}\" is not a query (qid:NUMBER)";
                }
                query = number;
            }
            else if (AddFeature(token, rows) is { } wrong)
            {
                return wrong;
            }
        }
        if (!first)
        {
            rows.Complete(label, weight, query);
        }
        return null;
    }

    private static string? AddFeature(ReadOnlySpan<char> token, SparseRows rows)
    {
        var colon = token.IndexOf(':');
        if (
            colon < 0
            || !int.TryParse(token[..colon], NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            || index > SparseRows.LargestIndex
            || !TryFloat(token[(colon + 1)..], out var value)
        )
        {
            return $"\"{token}\" is not INDEX:VALUE";
        }
        rows.Add(index, value);
        return null;
    }

    private static bool TryFloat(ReadOnlySpan<char> text, out float value)
    {
        if (float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value))
        {
            return true;
        }
        value = float.NaN;
        return text.Equals("nan", StringComparison.OrdinalIgnoreCase);
    }
}
