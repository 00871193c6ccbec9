using System.Globalization;
using System.Text.RegularExpressions;
using Plumbline.Loop.Home;
using Plumbline.Loop.Status;
using Plumbline.Loop.Training;

namespace Plumbline.WebConsole.Pages.Runs;

/// <summary>A metric of a training, round by round, read from the trainer's output.</summary>
/// <param name="Step">The training step.</param>
/// <param name="Metric">The metric on the validation rows, such as mlogloss.</param>
/// <param name="Values">The metric by round, at most about 800 points.</param>
public sealed partial record TrainingCurve(string Step, string Metric, IReadOnlyList<(int Round, double Value)> Values)
{
    private const int MostPoints = 400;

    /// <summary>The curves of an execution's trainings that have printed the metric.</summary>
    public static async Task<IReadOnlyList<TrainingCurve>> ReadAsync(
        LoopContext loop,
        Execution execution,
        IReadOnlyList<ExecutionStep> steps,
        CancellationToken cancellationToken
    )
    {
        var curves = new List<TrainingCurve>();
        foreach (var step in steps)
        {
            if (LoopLogs.OfStep(execution, step) is (LoopLogs.TrainingJobs, var prefix))
            {
                var lines = await new LoopLogs(loop).ReadAsync(LoopLogs.TrainingJobs, prefix, cancellationToken);
                if (Of(step.Name, lines) is { } curve)
                {
                    curves.Add(curve);
                }
            }
        }

        return curves;
    }

    /// <summary>The curve in a training's output; null if the output has none.</summary>
    public static TrainingCurve? Of(string step, IReadOnlyList<string> lines)
    {
        var values = new List<(int, double)>();
        string? metric = null;
        foreach (var line in lines)
        {
            if (
                Round().Match(line) is { Success: true } round
                && double.TryParse(round.Groups["value"].Value, CultureInfo.InvariantCulture, out var value)
            )
            {
                metric ??= round.Groups["metric"].Value;
                values.Add((int.Parse(round.Groups["round"].Value, CultureInfo.InvariantCulture), value));
            }
        }

        var every = Math.Max(1, values.Count / MostPoints);
        return metric is null
            ? null
            : new TrainingCurve(step, metric, [.. values.Where((_, index) => index % every == 0)]);
    }

    [GeneratedRegex(@"^\[(?<round>\d+)\].*validation-(?<metric>[\w@]+):(?<value>[0-9.eE+-]+)")]
    private static partial Regex Round();
}
