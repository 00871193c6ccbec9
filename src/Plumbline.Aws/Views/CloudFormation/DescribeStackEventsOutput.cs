using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CloudFormation;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CloudFormation's DescribeStackEventsOutput.</summary>
public sealed record DescribeStackEventsOutput(JsonObject Tree)
{
    public IEnumerable<StackEvent> StackEvents => Tree.Objects("StackEvents").Select(one => new StackEvent(one));
}
