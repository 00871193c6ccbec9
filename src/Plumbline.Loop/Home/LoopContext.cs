using Plumbline.Aws.Client;
using Plumbline.Records;
using Plumbline.Records.GroundTruth;
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
        CloudClock? clock = null,
        IReadOnlyList<string>? addedLabels = null
    )
    {
        AddedLabels = addedLabels ?? [];
        (Project, Names, Clients, Actor) = (project.WithAdded(AddedLabels), names, clients, actor);
        Bucket = new BucketClient(clients.S3, names.Bucket);
        Clock = clock ?? new CloudClock(Bucket);
        History = new HistoryLog(Bucket, Clock, actor);
    }

    public ProjectDescription Project { get; }

    /// <summary>The labels that people have added to the project's, if it allows them.</summary>
    public IReadOnlyList<string> AddedLabels { get; }

    public LoopNames Names { get; }

    public LoopClients Clients { get; }

    /// <summary>The STS ARN of the caller; in the console, a space and the user's name follow.</summary>
    public string Actor { get; }

    public BucketClient Bucket { get; }

    /// <summary>The acts of people and policies.</summary>
    public HistoryLog History { get; }

    public CloudClock Clock { get; }

    /// <summary>The same loop for a person for whom the caller acts, such as a user of the console.</summary>
    public LoopContext As(string user) => new(Project, Names, Clients, $"{Actor} {user}", Clock, AddedLabels);

    /// <summary>The same loop with the labels that people have added until now.</summary>
    public async Task<LoopContext> WithAddedLabelsAsync(CancellationToken cancellationToken = default) =>
        Project.Review.NewLabels
            ? new LoopContext(
                Project,
                Names,
                Clients,
                Actor,
                Clock,
                [.. AddedLabel.NamesOf(await Bucket.FindTextAsync(Layout.AddedLabels, cancellationToken))]
            )
            : this;

    /// <summary>The description of another commit, with the labels that people have added.</summary>
    public ProjectDescription DescriptionOf(string yaml) => ProjectDescription.Parse(yaml).WithAdded(AddedLabels);

    /// <summary>Asks the cloud for the caller's account and ARN, from which the names follow.</summary>
    public static async Task<LoopContext> CreateAsync(
        ProjectDescription project,
        LoopClients clients,
        CancellationToken cancellationToken = default
    )
    {
        var identity = await clients.Sts.GetCallerIdentityAsync(null, cancellationToken);
        var names = LoopNames.Of(project, identity.Account, clients.Connection.Region);
        return await new LoopContext(project, names, clients, identity.Arn).WithAddedLabelsAsync(cancellationToken);
    }
}
