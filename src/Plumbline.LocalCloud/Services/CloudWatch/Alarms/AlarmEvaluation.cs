using Plumbline.Aws.Views.CloudWatch;

namespace Plumbline.LocalCloud.Services.CloudWatch.Alarms;

/// <summary>The result of an evaluation.</summary>
/// <param name="State">The new state; null keeps the present one.</param>
/// <param name="Evaluated">The datapoints that decided, newest first.</param>
/// <param name="Filled">The number of missing datapoints that were filled in.</param>
internal sealed record AlarmVerdict(string? State, IReadOnlyList<AlarmDatapoint> Evaluated, int Filled);

/// <summary>
/// Determines an alarm's state as the CloudWatch user guide describes it ("Configuring how CloudWatch alarms treat
/// missing data"): the newest real datapoints of the evaluation range decide, and only those that are then still
/// missing are filled in.
/// </summary>
internal static class AlarmEvaluation
{
    /// <param name="settings">The alarm's configuration.</param>
    /// <param name="range">The evaluation range, newest first; null for a period without a datapoint.</param>
    public static AlarmVerdict Evaluate(AlarmSettings settings, IReadOnlyList<AlarmDatapoint?> range)
    {
        var evaluated = range.OfType<AlarmDatapoint>().Take(settings.EvaluationPeriods).ToList();
        var filled = settings.EvaluationPeriods - evaluated.Count;
        if (settings.IgnoresFewSamples && evaluated.Exists(point => settings.AreTooFew(point.SampleCount)))
        {
            return new AlarmVerdict(null, evaluated, filled);
        }

        var breaching = evaluated.Count(point => settings.IsBreaching(point.Value));
        var state =
            breaching >= settings.DatapointsToAlarm ? StateValue.Alarm
            : filled == 0 ? StateValue.Ok
            : settings.TreatMissingData switch
            {
                "breaching" => breaching + filled >= settings.DatapointsToAlarm ? StateValue.Alarm : StateValue.Ok,
                "notBreaching" => StateValue.Ok,
                // The data that is there does not breach: that is OK, however little it is.
                _ when breaching < evaluated.Count => StateValue.Ok,
                "ignore" => null,
                _ => IsOldBreach(settings, range) ? StateValue.Alarm : StateValue.InsufficientData,
            };
        return new AlarmVerdict(state, evaluated, filled);
    }

    /// <summary>
    /// The guide's "premature" rule: the oldest datapoint breaches and is at least as old as DatapointsToAlarm periods,
    /// and no later datapoint was better.
    /// </summary>
    private static bool IsOldBreach(AlarmSettings settings, IReadOnlyList<AlarmDatapoint?> range)
    {
        var age = range.Count;
        while (age > 0 && range[age - 1] is null)
        {
            age--;
        }

        return age >= settings.DatapointsToAlarm;
    }
}
