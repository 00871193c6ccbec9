using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.CloudWatch;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of CloudWatch's DescribeAlarmsInput.</summary>
public sealed record DescribeAlarmsInput(JsonObject Tree)
{
    public IEnumerable<string> AlarmNames => Tree.Texts("AlarmNames");

    public string? AlarmNamePrefix => Tree.Text("AlarmNamePrefix");

    public IEnumerable<string> AlarmTypes => Tree.Texts("AlarmTypes");

    public string? StateValue => Tree.Text("StateValue");

    public string? ActionPrefix => Tree.Text("ActionPrefix");

    public int? MaxRecords => Tree.Int("MaxRecords");

    public string? NextToken => Tree.Text("NextToken");
}
