namespace Plumbline.Records.Project;

/// <summary>Finds the known word that somebody probably meant.</summary>
public static class Nearest
{
    /// <summary>
    /// Returns the known word with the fewest changed letters, if these are at most a third of it; ignores case.
    /// </summary>
    public static string? To(string word, IEnumerable<string> known) =>
        known
            .Select(candidate =>
                (Word: candidate, Distance: Distance(word.ToLowerInvariant(), candidate.ToLowerInvariant()))
            )
            .Where(candidate => candidate.Distance <= Math.Max(1, candidate.Word.Length / 3))
            .OrderBy(candidate => candidate.Distance)
            .Select(candidate => candidate.Word)
            .FirstOrDefault();

    /// <summary>The Levenshtein distance: insertions, deletions and replacements.</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.Length];
    }
}
