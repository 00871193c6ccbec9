using Plumbline.Aws.Protocols;
using Plumbline.Loop.History;
using Plumbline.Loop.Project;
using Plumbline.Records.Project;

namespace Plumbline.Loop;

/// <summary>One project's loop in one cloud: what it is, what its resources are called, who acts, and the services.</summary>
public sealed class LoopContext
{
    private LoopContext(ProjectFolder folder, LoopNames names, LoopClients clients, string actor)
    {
        (Folder, Names, Clients, Actor) = (folder, names, clients, actor);
        Bucket = new LoopBucket(clients.S3, names.Bucket);
        History = new HistoryLog(Bucket, actor);
    }

    /// <summary>The project's folder on this machine.</summary>
    public ProjectFolder Folder { get; }

    /// <summary>What the project is.</summary>
    public ProjectDescription Project => Folder.Description;

    /// <summary>What its resources are called.</summary>
    public LoopNames Names { get; }

    /// <summary>The services.</summary>
    public LoopClients Clients { get; }

    /// <summary>Who acts: the STS ARN of the caller.</summary>
    public string Actor { get; }

    /// <summary>The loop's bucket.</summary>
    public LoopBucket Bucket { get; }

    /// <summary>What people and policies did.</summary>
    public HistoryLog History { get; }

    /// <summary>The time where the services are.</summary>
    public CloudClock Clock => new(Bucket);

    /// <summary>Asks the cloud who and where the caller is.</summary>
    public static async Task<LoopContext> CreateAsync(
        ProjectFolder folder,
        LoopClients clients,
        CancellationToken cancellationToken = default
    )
    {
        var identity = await clients.Sts.GetCallerIdentityAsync(null, cancellationToken);
        var names = new LoopNames(folder.Description.Name, identity.Text("Account")!, clients.Connection.Region);
        return new LoopContext(folder, names, clients, identity.Text("Arn")!);
    }
}
