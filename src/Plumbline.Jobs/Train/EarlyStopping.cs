using System.Globalization;
using Plumbline.Records.Algorithm;
using Plumbline.XGBoost;

namespace Plumbline.Jobs.Train;

/// <summary>
/// Stops when a metric on the validation data, by default the last one, has not improved for some rounds. The best
/// round and score are kept in the model, under the names that XGBoost's Python package uses, so they survive a
/// checkpoint.
/// </summary>
internal sealed class EarlyStopping(Booster booster, int patience, string? metric = null)
{
    private const string BestRound = "best_iteration";
    private const string BestScore = "best_score";

    /// <summary>The index of the round with the best score, from the model's first round; -1 before any.</summary>
    public int Best =>
        int.TryParse(booster.GetAttribute(BestRound), CultureInfo.InvariantCulture, out var round) ? round : -1;

    /// <summary>True if the metric has not improved in the last <c>patience</c> rounds.</summary>
    public bool IsEnoughAfter(int rounds) => Best >= 0 && rounds - 1 - Best >= patience;

    /// <summary>Updates the best round with a round's metrics.</summary>
    public void Note(EvaluationLine line)
    {
        var named = line.Metrics.LastOrDefault(known => known.Key == $"validation-{metric}");
        var (name, score) = named.Key is null ? line.Metrics[^1] : named;
        var rising = AwsMetrics.IsRising(name[(name.IndexOf('-', StringComparison.Ordinal) + 1)..]);
        var known = double.TryParse(booster.GetAttribute(BestScore), CultureInfo.InvariantCulture, out var best);
        if (!known || (rising ? score > best : score < best))
        {
            booster.SetAttribute(BestScore, score.ToString("R", CultureInfo.InvariantCulture));
            booster.SetAttribute(BestRound, line.Round.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Removes the best round and score of an earlier training of the same model.</summary>
    public void Forget()
    {
        booster.SetAttribute(BestScore, null);
        booster.SetAttribute(BestRound, null);
    }
}
