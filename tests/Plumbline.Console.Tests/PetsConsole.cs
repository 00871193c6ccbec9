using Microsoft.Extensions.Logging;
using Plumbline.Loop.Home;
using Plumbline.Loop.Resources;
using Plumbline.Loop.Training;
using Plumbline.Records;
using Plumbline.Records.GroundTruth;
using Plumbline.Records.Monitoring;
using Plumbline.Records.Project;
using Plumbline.Testing;
using Plumbline.WebConsole.People;

namespace Plumbline.WebConsole.Tests;

/// <summary>
/// A cloud in this process with a project that was never trained. Its review lists and captures are written in the
/// monitor's and the endpoint's form. A test may start several consoles, on one data folder or on several.
/// </summary>
public sealed class PetsConsole : IAsyncLifetime
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly CloudHere cloud = new();
    private readonly List<ConsoleHost> consoles = [];
    private LoopClients clients = null!;

    public LoopContext Loop { get; private set; } = null!;

    public Uri Url => consoles[0].Endpoint;

    public async Task InitializeAsync()
    {
        await cloud.StartAsync();
        clients = new LoopClients(cloud.Connection);
        await ConsoleAsync("first");
    }

    public async Task DisposeAsync()
    {
        foreach (var console in consoles)
        {
            await console.DisposeAsync();
        }

        clients.Dispose();
        await cloud.DisposeAsync();
    }

    public string FolderOf(string name) => cloud.At(name);

    /// <summary>Starts one more console of the same cloud, as on another machine.</summary>
    public async Task<ConsoleHost> ConsoleAsync(string name)
    {
        // A new password would end sessions.
        var hasUsers = File.Exists(Path.Combine(cloud.At(name), "console-users.db"));
        var console = await ConsoleHost.StartAsync(
            new ConsoleOptions { Connection = cloud.Connection, Folder = cloud.At(name) },
            logging => logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Error)
        );
        consoles.Add(console);
        var users = new UserStore(cloud.At(name));
        foreach (var user in (string[])(hasUsers ? [] : ["ann", "rev"]))
        {
            users.Put(user, ConsoleCloud.Password, UserRole.Reviewer, TimeProvider.System.GetUtcNow());
        }

        return console;
    }

    /// <summary>Moves the simulated time forward.</summary>
    public Task AdvanceAsync(TimeSpan step) => cloud.Cloud.AdvanceAsync(step);

    /// <summary>Makes a project as a push would, named after its test.</summary>
    public async Task<LoopContext> ProjectAsync(string name, string yaml)
    {
        var project = ProjectDescription.Parse($"name: {name}\ndata:\n  file: data.csv\n{yaml}");
        Loop = await LoopContext.CreateAsync(project, clients);
        var key = Layout.ProjectDescription(
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(project.ToBytes()))
        );
        await new ResourceApplier(Loop).ApplyAsync(
            new TrainingInputs(Layout.BaseData(new string('0', 64)), key, TrainingInputs.NoCommit, null),
            report: null,
            CancellationToken.None
        );
        await Loop.Bucket.PutTextAsync(key, project.ToJson());
        return Loop;
    }

    /// <summary>Writes a review list in the monitor's form.</summary>
    public Task QueueAsync(ReviewList list, params (string Key, string Predicted)[] items) =>
        Loop.Bucket.PutTextAsync(
            list == ReviewList.Audit ? Layout.AuditQueue : Layout.UncertainQueue,
            string.Concat(
                items.Select(item =>
                    RecordJson.Write(
                        new ReviewItem
                        {
                            JoinKey = item.Key,
                            InferenceTime = Noon,
                            Endpoint = Loop.Names.Endpoint,
                            Features = "4,5",
                            Predicted = item.Predicted,
                            Score = 0.677,
                            Margin = 0.1,
                            List = list,
                        }
                    ) + "\n"
                )
            )
        );

    /// <summary>Writes a capture of a content, which AWS keeps in base64.</summary>
    public Task CaptureAsync(string key, byte[] body, string type, string answer) =>
        PutAsync([
            CaptureLines.Line(
                key,
                Convert.ToBase64String(body),
                answer,
                eventId: $"event of {key}",
                requestType: type,
                requestEncoding: "BASE64"
            ),
        ]);

    /// <summary>Writes a capture file in the endpoint's form.</summary>
    public Task CaptureAsync(params (string Key, string Answer)[] captures) =>
        PutAsync(captures.Select(one => CaptureLines.Line(one.Key, "4,5", one.Answer, eventId: $"event of {one.Key}")));

    private Task PutAsync(IEnumerable<string> lines) =>
        Loop.Bucket.PutTextAsync(
            $"captures/{Loop.Names.Endpoint}/AllTraffic/{Noon:yyyy'/'MM'/'dd'/'HH}/00-00-000-{Guid.NewGuid()}.jsonl",
            string.Concat(lines.Select(line => line + "\n"))
        );
}
