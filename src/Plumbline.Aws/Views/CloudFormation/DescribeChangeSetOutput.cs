using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CloudFormation;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CloudFormation's DescribeChangeSetOutput.</summary>
public sealed record DescribeChangeSetOutput(JsonObject Tree)
{
    public string? Status => Tree.Text("Status");

    public string? StatusReason => Tree.Text("StatusReason");

    public IEnumerable<Change> Changes => Tree.Objects("Changes").Select(one => new Change(one));
}
