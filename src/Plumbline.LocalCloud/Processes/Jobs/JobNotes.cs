using Plumbline.LocalCloud.Processes.Capacity;

namespace Plumbline.LocalCloud.Processes.Jobs;

/// <summary>The top of a job's log lists every difference between the job's request and its run.</summary>
internal static class JobNotes
{
    /// <summary>Notes that an input is too large for a copy that the job may change.</summary>
    /// <param name="folder">The job's folder.</param>
    /// <param name="input">The input, such as <c>channel train</c>.</param>
    public static void ReadOnly(JobFolder folder, string input) =>
        folder.Note($"NOTE: {input} is large: its files are read-only here, unlike on AWS.");

    public static void Write(JobFolder folder, JobOrder order, Slot slot)
    {
        var type = InstanceSize.Of(order.InstanceType);
        if (type.Gpus > 0 && slot.Gpus.Count == 0)
        {
            folder.Note(
                $"WARNING: {order.InstanceType} has {type.Gpus} GPU(s), this machine has none: running on CPU."
            );
        }

        if (order.InstanceCount > 1)
        {
            folder.Note(
                $"WARNING: {order.InstanceCount} instances were asked for; here the job runs on one host, algo-1."
            );
        }

        if (!folder.Sandboxed)
        {
            folder.Note(
                "WARNING: this local cloud was started with --without-sandbox: this job runs with all rights of its user, "
                    + $"with SAGEMAKER_BASE_DIR={folder.Root} in place of /opt/ml."
            );
        }
    }
}
