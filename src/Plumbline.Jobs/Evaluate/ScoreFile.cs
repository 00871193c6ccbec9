using System.Globalization;
using Plumbline.Records;

namespace Plumbline.Jobs.Evaluate;

/// <summary>A model's own answers for the held-out rows: one line per row with one probability per class.</summary>
internal static class ScoreFile
{
    /// <returns>The probabilities, row-major.</returns>
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
}
