using System.Text.Json;
using Microsoft.Extensions.Logging;
using Plumbline.LocalCloud.Processes.Capacity;
using Plumbline.LocalCloud.Processes.Logs;
using Plumbline.LocalCloud.Processes.Sandboxing;
using Plumbline.LocalCloud.Processes.Supervision;
using Plumbline.LocalCloud.State;
using Plumbline.LocalCloud.Time;

namespace Plumbline.LocalCloud.Processes.Jobs;

/// <summary>The services and files that every <see cref="JobRun"/> needs.</summary>
internal sealed class JobTools(
    LocalCloudOptions options,
    DataFolder data,
    Sandbox sandbox,
    Supervisor supervisor,
    LogTail tail,
    JobEnvironment environments,
    ILogger<JobTools> logger
)
{
    public Sandbox Sandbox => sandbox;

    public Supervisor Supervisor => supervisor;

    public LogTail Tail => tail;

    public JobEnvironment Environments => environments;

    public ILogger Logger => logger;

    public TimeSpan VolumePause => options.VolumePause;

    public string FolderOf(string jobId) => Path.Combine(data.Folder("jobs"), jobId);

    /// <summary>
    /// Removes the folders of a kind's finished jobs. Each job is looked up just before: a job is stored before it has
    /// a folder, so that a new one is safe.
    /// </summary>
    public void Sweep(string kind, Func<string, bool> isUnfinished)
    {
        Rounds.Each(
            Logger,
            Directory.EnumerateDirectories(data.Folder("jobs"), kind + "-*"),
            path =>
            {
                if (!isUnfinished(Path.GetFileName(path)[(kind.Length + 1)..]))
                {
                    new JobFolder(path, sandboxed: true).Delete();
                }
            }
        );
    }

    /// <summary>Returns the environment of a new job, with a grant of its role.</summary>
    public async Task<Dictionary<string, string>> EnvironmentAsync(
        JobFolder folder,
        JobOrder order,
        CancellationToken cancellationToken
    )
    {
        if (!order.Network)
        {
            return await environments.VariablesAsync(null, cancellationToken);
        }

        var grant = await environments.GrantAsync(order.RoleArn, order.Name);
        await File.WriteAllTextAsync(GrantFile(folder), grant.Id, cancellationToken);
        return await environments.VariablesAsync(grant, cancellationToken);
    }

    /// <summary>Ends the job's grant.</summary>
    public async Task RevokeAsync(JobFolder folder)
    {
        if (File.Exists(GrantFile(folder)))
        {
            await environments.EndAsync(await File.ReadAllTextAsync(GrantFile(folder)));
        }
    }

    /// <summary>Stores the job's slot in its folder, for the next server.</summary>
    public void Remember(JobFolder folder, Slot slot) =>
        File.WriteAllText(SlotFile(folder), JsonSerializer.Serialize(new Held(slot.Cpus, slot.Gpus)));

    /// <summary>Takes the slot that a running job already has.</summary>
    public Slot TakeOver(Slots slots, JobFolder folder)
    {
        var held = JsonSerializer.Deserialize<Held>(File.ReadAllText(SlotFile(folder)))!;
        return slots.TakeOver(held.Cpus, held.Gpus);
    }

    private static string GrantFile(JobFolder folder) => Path.Combine(folder.Path, "grant");

    private static string SlotFile(JobFolder folder) => Path.Combine(folder.Path, "slot");

    private sealed record Held(int Cpus, IReadOnlyList<int> Gpus);
}
