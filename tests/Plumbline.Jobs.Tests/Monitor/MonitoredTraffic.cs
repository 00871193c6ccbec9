using Plumbline.Aws.Formats;
using Plumbline.Jobs.Monitor;
using Plumbline.Jobs.Processing;
using Plumbline.Jobs.Tests.Processing;
using Plumbline.Records;
using Plumbline.Records.Monitoring;
using Plumbline.Records.Project;
using Plumbline.Testing;

namespace Plumbline.Jobs.Tests.Monitor;

/// <summary>A cloud with the traffic of one endpoint, whose accuracy the monitor measures.</summary>
public abstract class MonitoredTraffic : IAsyncLifetime
{
    private protected static readonly DateTimeOffset Now = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
    private protected readonly ProcessingCloud cloud = new();
    private protected readonly TemporaryFolder folder = new();
    private protected readonly List<string> captures = [];
    private protected readonly List<string> labels = [];

    private protected static readonly ProjectDescription Project = new()
    {
        Name = "sample",
        Data = new DataDescription(),
        Labels = ["cat", "dog", "bird"],
        Monitor = new MonitorDescription { AuditShare = 1, MinimumLabels = 10 },
        Quality = new QualityDescription { Threshold = 0.8 },
        Retraining = new RetrainingDescription { Growth = 0.07 },
    };

    public Task InitializeAsync() => cloud.InitializeAsync();

    public async Task DisposeAsync()
    {
        await cloud.DisposeAsync();
        folder.Dispose();
    }

    private protected Task RunAsync(params string[] arguments) => RunAsync(Project, arguments);

    private protected async Task RunAsync(ProjectDescription project, params string[] arguments)
    {
        var given = new ProcessingArguments(arguments, "endpoint", "at", "from", "to", "schedule", "alarm");
        var context = cloud.Context(project, new ProcessingFolders(folder.Path), Now);
        await MonitorCommand.RunAsync(context, given, CancellationToken.None);
    }

    /// <summary>Predictions captured at noon on 1 March, all "cat", with labels from the evening.</summary>
    private protected async Task TrafficAsync(int right, int wrong, int unlabelled)
    {
        var time = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        for (var i = 0; i < right + wrong + unlabelled; i++)
        {
            var id = $"request-{captures.Count}";
            captures.Add(Capture(id));
            if (i < right + wrong)
            {
                labels.Add(new GroundTruthRecord { EventId = id, Data = i < right ? "cat" : "dog" }.ToLine());
            }
        }
        await cloud.PutAsync($"captures/pets/AllTraffic/{Layout.Hour(time)}/a.jsonl", Lines(captures));
        await cloud.PutAsync(Layout.GroundTruthFile(time.AddHours(8), Guid.CreateVersion7(time)), Lines(labels));
    }

    private protected static string Capture(string id) =>
        CaptureLines.Line(id, "1,2", """{"predictions":[{"label":"cat","score":0.9,"probabilities":[0.9,0.1,0]}]}""");

    private static string Lines(IEnumerable<string> lines) => string.Concat(lines.Select(line => line + "\n"));
}
