using System.Text.Json;

namespace Plumbline.Cli.Demo;

/// <summary>The results, for <c>--report FILE</c>. Accuracies are 0 to 1; times are the cloud's, UTC.</summary>
internal sealed record DemoReport
{
    public DemoAccuracy Accuracy { get; init; } = new();

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

    /// <summary>The report as JSON with names in snake_case.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, SnakeCase) + "\n";
}

internal sealed record DemoAccuracy
{
    public double Clean { get; init; }

    public double Drifted { get; init; }

    public double AfterRetrainDrifted { get; init; }

    public double AfterRetrainClean { get; init; }
}

internal sealed record DemoAlarmChange(DateTimeOffset Time, string From, string To);

internal sealed record DemoExecution(string Arn, string Status, double Seconds, IReadOnlyList<DemoStep> Steps);

internal sealed record DemoStep(string Name, string Status, DateTimeOffset? Start, DateTimeOffset? End);

internal sealed record DemoModelVersion(long Version, string Role, double? Metric, string Status);

internal sealed record DemoDeployment(string EndpointConfig, string Outcome);

internal sealed record DemoRequests(int Sent, int Failed);

internal sealed record DemoLabels(int Audit, int Uncertain, int Confirmed, int Corrected);
