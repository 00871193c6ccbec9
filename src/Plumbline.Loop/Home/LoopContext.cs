using Plumbline.Aws.Client;
using Plumbline.Records.Project;

namespace Plumbline.Loop.Home;

/// <summary>One project's loop in one cloud: its description, names and services, and who acts.</summary>
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
        Bucket = new BucketClient(clients.S3, names.Bucket);
        Clock = clock ?? new CloudClock(Bucket);
        History = new HistoryLog(Bucket, Clock, actor);
    }

    public ProjectDescription Project { get; }

    public LoopNames Names { get; }

    public LoopClients Clients { get; }

    /// <summary>The STS ARN of the caller; in the console, a space and the user's name follow.</summary>
    public string Actor { get; }

    public BucketClient Bucket { get; }

    /// <summary>The acts of people and policies.</summary>
    public HistoryLog History { get; }

    public CloudClock Clock { get; }

    /// <summary>The same loop for a person for whom the caller acts, such as a user of the console.</summary>
    public LoopContext As(string user) => new(Project, Names, Clients, $"{Actor} {user}", Clock);

    /// <summary>Asks the cloud for the caller's account and ARN, from which the names follow.</summary>
    public static async Task<LoopContext> CreateAsync(
        ProjectDescription project,
        LoopClients clients,
        CancellationToken cancellationToken = default
    )
    {
        var identity = await clients.Sts.GetCallerIdentityAsync(null, cancellationToken);
        var names = LoopNames.Of(project, identity.Account, clients.Connection.Region);
        return new LoopContext(project, names, clients, identity.Arn);
    }
}
