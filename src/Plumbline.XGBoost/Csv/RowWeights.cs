using System.Globalization;
using Plumbline.XGBoost.Inputs;

namespace Plumbline.XGBoost.Csv;

/// <summary>
/// The channel <c>weights</c> of Plumbline's own trainings: one number for each row of the channel train. It is apart from
/// the rows, so that all recipes of an execution share them.
/// </summary>
public static class RowWeights
{
    /// <exception cref="InputException">A line is not a number of at least 0, or there are more or fewer lines than rows.</exception>
    public static float[] Read(string folder, int rows)
    {
        var weights = new List<float>(rows);
        foreach (var (path, name) in InputFiles.Of(folder, "channel weights"))
        {
            foreach (var line in File.ReadLines(path))
            {
                weights.Add(
                    float.TryParse(line, NumberStyles.Float, CultureInfo.InvariantCulture, out var weight)
                    && weight is >= 0 and < float.PositiveInfinity
                        ? weight
                        : throw new InputException($"{name}, line {weights.Count + 1}", "must be a weight from 0")
                );
            }
        }
        if (weights.Count != rows)
        {
            throw new InputException("channel weights", $"it has {weights.Count} weights for {rows} rows");
        }
        return weights.Exists(weight => weight > 0)
            ? [.. weights]
            : throw new InputException("channel weights", "all weights are 0: no row is left to train on");
    }
}
