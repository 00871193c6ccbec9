using Plumbline.Aws.Protocols;
using Plumbline.Loop.History;
using Plumbline.Loop.Project;
using Plumbline.Records.Project;

namespace Plumbline.Loop;

/// <summary>One project's loop in one cloud: what it is, what its resources are called, who acts, and the services.</summary>
public sealed class LoopContext
{
    private LoopContext(
        ProjectDescription project,
        LoopNames names,
        LoopClients clients,
        string actor,
        CloudClock? clock = null
    )
    {
        (Project, Names, Clients, Actor) = (project, names, clients, actor);
        Bucket = new LoopBucket(clients.S3, names.Bucket);
        Clock = clock ?? new CloudClock(Bucket);
        History = new HistoryLog(Bucket, Clock, actor);
    }

    /// <summary>The project's description.</summary>
    public ProjectDescription Project { get; }

    /// <summary>The names of its resources.</summary>
    public LoopNames Names { get; }

    /// <summary>The services.</summary>
    public LoopClients Clients { get; }

    /// <summary>Who acts: the STS ARN of the caller, with the console's user after a space where there is one.</summary>
    public string Actor { get; }

    /// <summary>The loop's bucket.</summary>
    public LoopBucket Bucket { get; }

    /// <summary>The acts of people and policies.</summary>
    public HistoryLog History { get; }

    /// <summary>The time where the services are.</summary>
    public CloudClock Clock { get; }

    /// <summary>The same loop, acted on by somebody whom the caller stands for, such as a user of the console.</summary>
    public LoopContext As(string user) => new(Project, Names, Clients, $"{Actor} {user}", Clock);

    /// <summary>Asks the cloud who and where the caller is.</summary>
    public static async Task<LoopContext> CreateAsync(
        ProjectDescription project,
        LoopClients clients,
        CancellationToken cancellationToken = default
    )
    {
        var identity = await clients.Sts.GetCallerIdentityAsync(null, cancellationToken);
        var names = LoopNames.Of(project, identity.Text("Account")!, clients.Connection.Region);
        return new LoopContext(project, names, clients, identity.Text("Arn")!);
    }
}
