using Microsoft.Extensions.Logging;
using Plumbline.Aws.Client;
using Plumbline.Aws.Formats;
using Plumbline.Aws.Signing;
using Plumbline.LocalCloud;
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

    private readonly TemporaryFolder folder = new();
    private readonly List<ConsoleHost> consoles = [];
    private LocalCloudHost host = null!;
    private AwsConnection connection = null!;
    private LoopClients clients = null!;

    public LoopContext Loop { get; private set; } = null!;

    public Uri Url => consoles[0].Endpoint;

    public async Task InitializeAsync()
    {
        host = await LocalCloudHost.StartAsync(
            new LocalCloudOptions
            {
                DataFolder = folder.At("data"),
                Port = 0,
                MovableClock = true,
            }
        );
        connection = AwsConnection.WithKeys(
            LocalCloudIdentity.Region,
            new SigningCredentials(host.Keys.AccessKeyId, host.Keys.SecretAccessKey, null),
            host.Endpoint,
            new LoopbackOnly()
        );
        clients = new LoopClients(connection);
        await ConsoleAsync("first");
    }

    public async Task DisposeAsync()
    {
        foreach (var console in consoles)
        {
            await console.DisposeAsync();
        }

        clients.Dispose();
        connection.Dispose();
        await host.DisposeAsync();
        folder.Dispose();
    }

    public string FolderOf(string name) => folder.At(name);

    /// <summary>Starts one more console of the same cloud, as on another machine.</summary>
    public async Task<ConsoleHost> ConsoleAsync(string name)
    {
        // A new password would end sessions.
        var hasUsers = File.Exists(Path.Combine(folder.At(name), "console-users.db"));
        var console = await ConsoleHost.StartAsync(
            new ConsoleOptions { Connection = connection, Folder = folder.At(name) },
            logging => logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Error)
        );
        consoles.Add(console);
        var users = new UserStore(folder.At(name));
        foreach (var user in (string[])(hasUsers ? [] : ["ann", "rev"]))
        {
            users.Put(user, ConsoleCloud.Password, UserRole.Reviewer, TimeProvider.System.GetUtcNow());
        }

        return console;
    }

    /// <summary>Moves the simulated time forward.</summary>
    public async Task AdvanceAsync(TimeSpan step)
    {
        using var http = new HttpClient(new LoopbackOnly());
        var keys = new SigningCredentials(host.Keys.AccessKeyId, host.Keys.SecretAccessKey, null);
        await new Cli.Demo.ClockCall(host.Endpoint, LocalCloudIdentity.Region, keys).AdvanceAsync(
            http,
            step,
            CancellationToken.None
        );
    }

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

    /// <summary>Writes a capture file in the endpoint's form.</summary>
    public Task CaptureAsync(params (string Key, string Answer)[] captures) =>
        Loop.Bucket.PutTextAsync(
            $"captures/{Loop.Names.Endpoint}/AllTraffic/{Noon:yyyy'/'MM'/'dd'/'HH}/00-00-000-{Guid.NewGuid()}.jsonl",
            string.Concat(captures.Select(one => Capture(one.Key, one.Answer).ToLine() + "\n"))
        );

    private static CaptureRecord Capture(string key, string answer) =>
        new()
        {
            CaptureData = new CaptureData
            {
                EndpointInput = Body("text/csv", "INPUT", "4,5", "CSV"),
                EndpointOutput = Body("application/json", "OUTPUT", answer, "JSON"),
            },
            EventMetadata = new CaptureEventMetadata
            {
                EventId = $"event of {key}",
                InferenceId = key,
                InferenceTime = Noon.ToString(
                    "yyyy-MM-ddTHH:mm:ssZ",
                    System.Globalization.CultureInfo.InvariantCulture
                ),
            },
        };

    private static CapturedBody Body(string type, string mode, string data, string encoding) =>
        new()
        {
            ObservedContentType = type,
            Mode = mode,
            Data = data,
            Encoding = encoding,
        };
}
