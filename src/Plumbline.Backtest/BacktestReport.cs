using Plumbline.Backtest.Policies;
using Plumbline.Backtest.Streams;

namespace Plumbline.Backtest;

/// <summary>How the usual policies do on a stream.</summary>
public sealed record BacktestReport
{
    /// <summary>The accuracy may fall by this much before the alarm of the policy <c>alarm</c> sounds.</summary>
    public const double AlarmMargin = 0.02;

    /// <summary>All rows of the stream.</summary>
    public required int Rows { get; init; }

    /// <summary>The rows that trained the first model.</summary>
    public required int InitialRows { get; init; }

    /// <summary>The labels that came in.</summary>
    public required LabelDelivery Labels { get; init; }

    /// <summary>The accuracy of a model of the first 80 % of the initial rows on the others.</summary>
    public required double ReferenceAccuracy { get; init; }

    /// <summary>The results of never, alarm, always and blend.</summary>
    public required IReadOnlyList<PolicyResult> Policies { get; init; }

    /// <summary>Plays the usual policies.</summary>
    public static BacktestReport Of(
        LabelledStream stream,
        StreamWindows windows,
        LabelDelivery labels,
        params IEnumerable<BacktestPolicy> others
    )
    {
        using var backtest = new StreamBacktest(stream, windows, labels);
        var reference = backtest.ReferenceAccuracy();
        BacktestPolicy[] policies =
        [
            BacktestPolicy.Never,
            BacktestPolicy.Alarm(reference - AlarmMargin),
            BacktestPolicy.Always,
            BacktestPolicy.Blend,
            .. others,
        ];
        return new BacktestReport
        {
            Rows = stream.Rows,
            InitialRows = windows.Initial,
            Labels = labels,
            ReferenceAccuracy = reference,
            Policies = [.. policies.Select(backtest.Run)],
        };
    }
}
