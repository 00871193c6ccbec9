using Plumbline.Records.Quality;

namespace Plumbline.Records.Backtests;

/// <summary>How policies of retraining would have done on past rows.</summary>
public sealed record BacktestReport
{
    /// <summary>The policy that trains nothing after the first model.</summary>
    public const string Never = "never";

    /// <summary>The blend of recipes, trained as in production.</summary>
    public const string Blend = "blend";

    /// <summary>All that production does, by its own code.</summary>
    public const string Project = "project";

    /// <summary>The time of the backtest.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The file, or the endpoint, whose rows were replayed.</summary>
    public required string Source { get; init; }

    /// <summary>All rows of the stream.</summary>
    public required int Rows { get; init; }

    /// <summary>The rows that trained the first model.</summary>
    public required int InitialRows { get; init; }

    /// <summary>The share of the served rows that got a label, in (0, 1].</summary>
    public required double LabelShare { get; init; }

    /// <summary>The windows that passed between the end of a window and the arrival of its labels.</summary>
    public required int LabelDelay { get; init; }

    /// <summary>The length of a window in time; null for windows of equal rows.</summary>
    public TimeSpan? Every { get; init; }

    /// <summary>The time of the first row; null if times are not known.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The time of the last row; null if times are not known.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>The metric: <c>accuracy</c>, <c>rmse</c> or <c>mae</c>.</summary>
    public required string Metric { get; init; }

    /// <summary>The metric of a model of the first 80 % of the initial rows on the others.</summary>
    public required double Reference { get; init; }

    /// <summary>The threshold of the policy <c>alarm</c>.</summary>
    public required double AlarmThreshold { get; init; }

    /// <summary>The instance type of the trainings, for the dollars.</summary>
    public required string Instance { get; init; }

    /// <summary>The results of the policies.</summary>
    public required IReadOnlyList<PolicyResult> Policies { get; init; }

    /// <summary>The policies that train one recipe whenever labels come in; the best of them is chosen in hindsight.</summary>
    public required IReadOnlyList<string> Singles { get; init; }

    /// <summary>The results of other settings; empty without <c>--grid</c>.</summary>
    public IReadOnlyList<GridResult> Grid { get; init; } = [];

    /// <summary>The settings to choose, each with its reason.</summary>
    public IReadOnlyList<Advice> Recommendation { get; init; } = [];

    /// <summary>The metric's direction and name.</summary>
    public MetricKind Kind() => MetricKind.Of(Metric);

    /// <summary>A policy by its name.</summary>
    public PolicyResult Of(string policy) => Policies.First(one => one.Policy == policy);

    /// <summary>The policy that stands for the loop: the project's, or the blend if production could not be played.</summary>
    public PolicyResult OfLoop() => Policies.FirstOrDefault(one => one.Policy == Project) ?? Of(Blend);

    /// <summary>The best of never and the single recipes, which is known in hindsight only.</summary>
    public PolicyResult Best() =>
        Policies
            .Where(one => one.Policy == Never || Singles.Contains(one.Policy))
            .Aggregate((best, one) => Kind().Gain(one.Figure, best.Figure) > 0 ? one : best);
}
