using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Logs;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CloudWatch Logs's DescribeLogStreamsRequest.</summary>
public sealed record DescribeLogStreamsRequest(JsonObject Tree)
{
    public string? LogGroupName => Tree.Text("logGroupName");

    public string? LogGroupIdentifier => Tree.Text("logGroupIdentifier");

    public string? LogStreamNamePrefix => Tree.Text("logStreamNamePrefix");

    public string? OrderBy => Tree.Text("orderBy");

    public bool? Descending => Tree.Bool("descending");

    public string? NextToken => Tree.Text("nextToken");

    public int? Limit => Tree.Int("limit");
}
