using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.Logs;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CloudWatch Logs's DescribeLogGroupsRequest.</summary>
public sealed record DescribeLogGroupsRequest(JsonObject Tree)
{
    public string? LogGroupNamePrefix => Tree.Text("logGroupNamePrefix");

    public string? LogGroupNamePattern => Tree.Text("logGroupNamePattern");

    public string? NextToken => Tree.Text("nextToken");

    public int? Limit => Tree.Int("limit");
}
