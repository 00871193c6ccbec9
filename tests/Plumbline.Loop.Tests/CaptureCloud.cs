using Plumbline.Aws.Client;
using Plumbline.Loop.Home;
using Plumbline.Records.Project;
using Plumbline.Testing;

namespace Plumbline.Loop.Tests;

/// <summary>A local cloud with an empty loop's bucket, and a cache folder; one per test class.</summary>
public sealed class CaptureCloud : IAsyncLifetime
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly CloudHere cloud = new();

    /// <summary>Labels cat, dog and bird; every row is in the audit sample.</summary>
    public LoopContext Loop { get; private set; } = null!;

    public DirectoryInfo Cache => new(cloud.At("cache"));

    public string IndexFile => Path.Combine(Cache.FullName, "captures-pets-pets.db");

    public async Task InitializeAsync()
    {
        await cloud.StartAsync();
        Loop = await LoopAsync();
        await Loop.Clients.S3.PutBucketAsync(Loop.Bucket.Name);
    }

    public async Task DisposeAsync()
    {
        Loop.Clients.Dispose();
        await cloud.DisposeAsync();
    }

    /// <summary>The same loop over another connection, whose calls pass through a handler.</summary>
    public Task<LoopContext> ThroughAsync(DelegatingHandler handler) =>
        LoopContext.CreateAsync(Loop.Project, new LoopClients(AwsConnection.To(cloud.Cloud, handler)));

    public Task<LoopContext> LoopAsync(double auditShare = 1, params string[] labels) =>
        LoopContext.CreateAsync(
            new ProjectDescription
            {
                Name = "pets",
                Data = new DataDescription(),
                Labels = labels is [] ? ["cat", "dog", "bird"] : labels,
                Monitor = new MonitorDescription { AuditShare = auditShare },
            },
            new LoopClients(cloud.Connection)
        );

    /// <summary>Stores a capture file under the hour of a time.</summary>
    /// <returns>The file's key.</returns>
    public async Task<string> StoreAsync(
        DateTimeOffset time,
        IEnumerable<string> lines,
        string variant = "AllTraffic",
        string name = "00-00-000-a"
    )
    {
        var key = $"captures/pets/{variant}/{time:yyyy'/'MM'/'dd'/'HH}/{name}.jsonl";
        await Loop.Bucket.PutTextAsync(key, string.Concat(lines.Select(line => line + "\n")));
        return key;
    }

    /// <summary>A capture line with a label and its score, or with the given answer.</summary>
    public static string Line(
        string joinKey,
        DateTimeOffset time,
        string label = "cat",
        double score = 0.9,
        string? answer = null,
        string input = "1,2"
    ) =>
        CaptureLines.Line(
            joinKey,
            input,
            answer ?? FormattableString.Invariant($"{{\"predictions\":[{{\"label\":\"{label}\",\"score\":{score}}}]}}"),
            time.ToString("yyyy-MM-ddTHH:mm:ssZ"),
            $"event of {joinKey}"
        );
}
