using System.Globalization;
using Plumbline.Records;
using Plumbline.Records.Quality;

namespace Plumbline.Jobs.Evaluate;

/// <summary>A model's own answers for the held-out rows: one line per row, with one probability per class, or the number of a regression.</summary>
internal static class ScoreFile
{
    /// <param name="path">The file.</param>
    /// <param name="rows">The number of held-out rows.</param>
    /// <param name="classes">The number of the project's classes; 0 in a regression.</param>
    /// <returns>The probabilities, row-major, or the numbers.</returns>
    /// <exception cref="UserError">A line is invalid, or the number of lines is not the number of rows.</exception>
    public static float[] Read(string path, int rows, int classes)
    {
        var file = Path.GetFileName(path);
        var lines = File.Exists(path) ? File.ReadAllLines(path) : [];
        if (lines.Length != rows)
        {
            throw new UserError(
                $"input scores, {file}",
                $"has {lines.Length} lines for {rows} held-out rows: write one line per row"
            );
        }
        if (classes == 0)
        {
            return [.. lines.Select((line, row) => Number(line, $"input scores, {file}:{row + 1}"))];
        }
        var probabilities = new float[rows * classes];
        for (var row = 0; row < rows; row++)
        {
            var cells = lines[row].Split(',');
            for (var c = 0; c < classes; c++)
            {
                if (
                    cells.Length != classes
                    || !float.TryParse(cells[c], CultureInfo.InvariantCulture, out probabilities[(row * classes) + c])
                    || !(probabilities[(row * classes) + c] is >= 0 and <= 1)
                )
                {
                    throw new UserError(
                        $"input scores, {file}:{row + 1}",
                        $"must be {classes} probabilities, one for each of the project's labels"
                    );
                }
            }
        }
        return probabilities;
    }

    private static float Number(string line, string place) =>
        TruthNumber.Find(line) is { } number
            ? (float)number
            : throw new UserError(place, "must be one number, the model's prediction for the row");
}
