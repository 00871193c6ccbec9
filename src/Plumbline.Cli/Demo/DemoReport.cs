using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Plumbline.Records;
using Plumbline.Records.Quality;

namespace Plumbline.Cli.Demo;

/// <summary>
/// The results, for <c>--report FILE</c>. The figures stand under the name of the project's metric, in its unit; times
/// are the cloud's, UTC.
/// </summary>
internal sealed record DemoReport
{
    public required string Sample { get; init; }

    [JsonIgnore]
    public MetricKind Metric { get; init; } = MetricKind.Of(MetricKind.Accuracy);

    /// <summary>The figures before and after, by name.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, double> Figures { get; init; } = new Dictionary<string, double>();

    /// <inheritdoc cref="DemoSample.Bars"/>
    public IReadOnlyDictionary<string, double> Bars { get; init; } = new Dictionary<string, double>();

    /// <summary>The figures as people read them.</summary>
    [JsonIgnore]
    public DemoTable Table { get; init; } = new([], []);

    public IReadOnlyList<DemoAlarmChange> Alarm { get; init; } = [];

    public IReadOnlyList<DemoExecution> Executions { get; init; } = [];

    public IReadOnlyList<DemoModelVersion> ModelVersions { get; init; } = [];

    public IReadOnlyList<DemoDeployment> Deployments { get; init; } = [];

    public DemoRequests Requests { get; init; } = new(0, 0);

    public DemoLabels Labels { get; init; } = new(0, 0, 0, 0);

    public IReadOnlyList<string> Alerts { get; init; } = [];

    public double Seconds { get; init; }

    private static readonly JsonSerializerOptions SnakeCase = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
    };

    /// <summary>The bars that the figures miss, and failed requests, in words.</summary>
    public IEnumerable<string> Missed() =>
        Bars.Where(bar => !Figures.TryGetValue(bar.Key, out var value) || Metric.Misses(value, bar.Value))
            .Select(bar =>
                $"{bar.Key} is {Metric.Text(Figures.GetValueOrDefault(bar.Key, double.NaN))}, {Metric.WrongSide} the bar {Metric.Text(bar.Value)}"
            )
            .Concat(Requests.Failed > 0 ? [$"{Plural.Of(Requests.Failed, "request", "requests")} failed"] : []);

    /// <summary>The report as JSON with names in snake_case.</summary>
    public string ToJson()
    {
        var report = JsonSerializer.SerializeToNode(this, SnakeCase)!.AsObject();
        report.Insert(1, Metric.Published, JsonSerializer.SerializeToNode(Figures, SnakeCase));
        return report.ToJsonString(SnakeCase) + "\n";
    }
}

/// <summary>A table: its header and its rows of cells.</summary>
internal sealed record DemoTable(IReadOnlyList<string> Columns, IReadOnlyList<string[]> Rows);

internal sealed record DemoAlarmChange(DateTimeOffset Time, string From, string To);

internal sealed record DemoExecution(string Arn, string Status, double Seconds, IReadOnlyList<DemoStep> Steps);

internal sealed record DemoStep(string Name, string Status, DateTimeOffset? Start, DateTimeOffset? End)
{
    /// <summary>The reason of a step that failed.</summary>
    [JsonIgnore]
    public string? Failure { get; init; }
}

internal sealed record DemoModelVersion(long Version, string Role, double? Metric, string Status);

internal sealed record DemoDeployment(string EndpointConfig, string Outcome);

internal sealed record DemoRequests(int Sent, int Failed);

internal sealed record DemoLabels(int Audit, int Uncertain, int Confirmed, int Corrected);
