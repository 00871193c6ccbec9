using Plumbline.Backtest.Models;
using Plumbline.Backtest.Streams;
using Plumbline.XGBoost;

namespace Plumbline.Backtest;

/// <summary>Models with their weights.</summary>
/// <param name="Models">The model of each recipe.</param>
/// <param name="Weights">They add up to 1.</param>
internal sealed record ServedModel(IReadOnlyList<TrainedModel> Models, IReadOnlyList<double> Weights)
{
    /// <summary>True if it answers like another one.</summary>
    public bool Equals(ServedModel? other) =>
        other is not null
        && Models
            .Zip(Weights)
            .Where(one => one.Second > 0)
            .Select(one => (one.First.Key, one.Second))
            .SequenceEqual(
                other.Models.Zip(other.Weights).Where(one => one.Second > 0).Select(one => (one.First.Key, one.Second))
            );

    public override int GetHashCode() => Weights.Count;

    /// <summary>The margins of each model for the rows of a matrix.</summary>
    public float[][] Margins(DMatrix rows) => [.. Models.Select(model => model.Booster.Predict(rows, margin: true))];

    /// <summary>
    /// The margins of the blend, as the merged booster (<c>BoosterBlend</c>) answers, without merging one for each window.
    /// </summary>
    public float[] Blend(float[][] own)
    {
        var blend = new float[own[0].Length];
        for (var i = 0; i < blend.Length; i++)
        {
            var sum = 0.0;
            for (var model = 0; model < own.Length; model++)
            {
                sum += Weights[model] * own[model][i];
            }
            blend[i] = (float)sum;
        }
        return blend;
    }

    /// <summary>The margins of the blend for rows of a stream.</summary>
    public float[] Blend(LabelledStream stream, int from, int to)
    {
        using var rows = stream.Matrix(from, to);
        return Blend(Margins(rows));
    }
}
