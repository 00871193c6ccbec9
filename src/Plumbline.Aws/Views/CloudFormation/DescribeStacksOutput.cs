using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CloudFormation;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CloudFormation's DescribeStacksOutput.</summary>
public sealed record DescribeStacksOutput(JsonObject Tree)
{
    public IEnumerable<Stack> Stacks => Tree.Objects("Stacks").Select(one => new Stack(one));
}
