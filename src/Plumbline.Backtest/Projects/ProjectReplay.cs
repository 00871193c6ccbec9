using System.Buffers.Binary;
using Plumbline.Jobs.Evaluate;
using Plumbline.Records;
using Plumbline.Records.Data;
using Plumbline.Records.Evaluation;
using Plumbline.Records.GroundTruth;
using Plumbline.Records.Monitoring;
using Plumbline.Records.Project;

namespace Plumbline.Backtest.Projects;

/// <summary>
/// Plays a project as production does: the same data set versions, trainings, blends, comparisons and triggers, by the
/// same code. Each accepted version counts as approved, and is served from the next window on.
/// </summary>
/// <param name="project">The project, such as of <c>plumbline.yaml</c>: a table, trained by XGBoost.</param>
/// <param name="baseFiles">The base data, which trains the first model.</param>
/// <param name="folder">An empty folder for the files of the executions.</param>
public sealed class ProjectReplay(ProjectDescription project, BaseFiles baseFiles, string folder)
{
    private readonly ReplayedExecutions executions = new(project, baseFiles, Path.Combine(folder, "executions"));
    private readonly ReplayedMonitor monitor = new(project);
    private readonly List<Correction> corrections = [];
    private long ids;

    /// <summary>Plays all windows, one after the other.</summary>
    /// <param name="windows">The windows in the order of time.</param>
    /// <param name="ct">Ends it.</param>
    public async Task<IReadOnlyList<ReplayedWindow>> PlayAsync(
        IReadOnlyList<ServedWindow> windows,
        CancellationToken ct = default
    )
    {
        var start = windows[0].Rows[0].Time.AddMinutes(-1);
        var result = await executions.FirstAsync(start, ct);
        var (production, newest) = (result.Recommended!, result.Learned);
        var delay = (int)Math.Ceiling(project.Monitor.LabelDelay / project.Monitor.Window);
        var answered = new List<List<Prediction>>();
        var played = new List<ReplayedWindow>();
        foreach (var window in windows)
        {
            answered.Add(Answer(production, window));
            var labels = corrections.Count;
            var report = answered.Count > delay ? Measure(windows, answered, delay, window.At) : null;
            var one = new ReplayedWindow
            {
                Answers = [.. answered[^1].Select(answer => answer.Predicted)],
                Truths = [.. answered[^1].Select(answer => answer.Actual)],
                Report = report,
                NewLabels = corrections.Count - labels,
            };
            // The labels of the last window change nothing.
            var isLast = answered.Count == windows.Count;
            if (report is not null && !isLast && monitor.Due(newest, corrections) is { } due)
            {
                var kind = monitor.KindOf(due.Trigger, executions.Full, newest, corrections);
                result = await executions.ContestAsync(production, corrections, kind, window.At.AddMinutes(1), ct);
                newest = result.Learned;
                production = result.Recommended ?? production;
                one = one with
                {
                    Due = due,
                    Kind = kind,
                    Recommended = result.Comparison!.Recommended,
                    Reason = result.Comparison.Reason,
                    Blend = result.Blend,
                    TrainedRows = result.Trainings,
                };
            }
            played.Add(one);
        }
        return played;
    }

    /// <summary>Measures the newest window whose labels have come, and takes those labels.</summary>
    private MonitorReport Measure(
        IReadOnlyList<ServedWindow> windows,
        List<List<Prediction>> answered,
        int delay,
        DateTimeOffset at
    )
    {
        var (window, answers) = (windows[answered.Count - 1 - delay], answered[^(1 + delay)]);
        corrections.AddRange(window.Rows.Zip(answers).Where(one => one.First.IsLabelled).Select(Corrected));
        return monitor.Measure(window, answers, at);
    }

    private List<Prediction> Answer(ReplayedModel production, ServedWindow window)
    {
        var path = Path.Combine(Directory.CreateDirectory(folder).FullName, "served.csv");
        File.WriteAllLines(
            path,
            window.Rows.Select(row => FormattableString.Invariant($"{TruthOf(row):R},{row.Features}"))
        );
        var rows = TestSet.Read(path, project.Labels.Count, project.Data.Schema);
        using var scorer = new ModelScorer(production.Folder, project);
        return [.. Prediction.Of(Prediction.Recent, rows, project.Labels.Count, scorer.Score(rows))];
    }

    private double TruthOf(ServedRow row) =>
        project.TruthOf(row.Truth) ?? throw new UserError(row.JoinKey, $"'{row.Truth}' is not {project.Truths()}");

    private Correction Corrected((ServedRow Row, Prediction Answer) one) =>
        new()
        {
            Id = NextId(one.Row.Time),
            JoinKey = one.Row.JoinKey,
            InferenceTime = one.Row.Time,
            Endpoint = project.LoopName(),
            SplitKey = one.Row.SplitKey,
            Features = one.Row.Features,
            Predicted = "",
            Label = project.LabelOf(one.Row.Truth)!,
            List = AuditSample.Contains(one.Row.JoinKey, project.Monitor.AuditShare)
                ? ReviewList.Audit
                : ReviewList.Delivered,
            Reviewer = "replay",
            Time = one.Row.Time,
        };

    /// <summary>A UUIDv7 that is later than those before.</summary>
    private Guid NextId(DateTimeOffset time)
    {
        Span<byte> id = stackalloc byte[16];
        Span<byte> number = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(number, time.ToUnixTimeMilliseconds());
        number[2..].CopyTo(id);
        BinaryPrimitives.WriteInt64BigEndian(id[8..], ids++);
        id[6] = 0x70;
        id[8] = 0x80;
        return new Guid(id, bigEndian: true);
    }
}
