using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Plumbline.LocalCloud.Processes.Jobs;

/// <summary>
/// The activity of one job run, and the count of finished jobs. The activity has no outcome if this server stopped
/// before the job's end: the next server follows the job in another activity.
/// </summary>
internal static class JobSignal
{
    private const string Kind = "plumbline.job.kind";
    private const string Outcome = "plumbline.job.outcome";

    private static readonly Counter<long> Jobs = Signals.Meter.CreateCounter<long>(
        "plumbline.jobs",
        "{job}",
        "Finished jobs"
    );

    /// <summary>Starts the activity; null if nobody listens.</summary>
    public static Activity? Begin(JobOrder order)
    {
        if (!Signals.Traced)
        {
            return null;
        }

        var kind = KindOf(order);
        return Signals
            .Activities.StartActivity($"job {kind}")
            ?.SetTag(Kind, kind)
            .SetTag("plumbline.job.name", order.Name)
            .SetTag("plumbline.job.instance_type", order.InstanceType);
    }

    /// <summary>Counts a job whose end is stored.</summary>
    public static void End(Activity? activity, JobOrder order, JobEnd end)
    {
        if (activity is null && !Jobs.Enabled)
        {
            return;
        }

        var outcome = end.Outcome.ToString();
        Jobs.Add(1, new(Kind, KindOf(order)), new(Outcome, outcome));
        activity?.SetTag(Outcome, outcome);
        if (end.Outcome is JobOutcome.Failed or JobOutcome.TimedOut)
        {
            activity?.SetTag("error.type", outcome).SetStatus(ActivityStatusCode.Error, end.FailureReason);
        }
    }

    private static string KindOf(JobOrder order) => order.Id[..^(order.Name.Length + 1)];
}
