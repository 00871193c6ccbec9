using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CloudWatch;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CloudWatch's AlarmHistoryItem.</summary>
public sealed record AlarmHistoryItem(JsonObject Tree)
{
    public DateTimeOffset Timestamp =>
        Tree.Time("Timestamp") ?? throw ViewError.Missing(nameof(AlarmHistoryItem), "Timestamp");

    public string? HistorySummary => Tree.Text("HistorySummary");

    public string? HistoryData => Tree.Text("HistoryData");
}
