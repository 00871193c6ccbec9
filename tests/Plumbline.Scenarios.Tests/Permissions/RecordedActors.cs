using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Scenarios.Tests.Permissions;

/// <summary>
/// The permissions that the roles of the demo's loop used, by themselves or through services, from its cloud's access
/// log.
/// </summary>
internal static class RecordedActors
{
    /// <summary>The used permissions, with the answers.</summary>
    public static async Task<IReadOnlyList<(Permission Asked, string Answer)>> OfAsync(DemoRun demo)
    {
        await demo.ReportAsync();
        return
        [
            .. from line in await File.ReadAllLinesAsync(demo.AccessFile)
            let one = JsonNode.Parse(line)!.AsObject()
            let to = one.Text("passedTo") is { } service ? $" to {service}" : ""
            select (
                new Permission(
                    one.Text("role")!.Split('-')[^1],
                    one.Text("action") + to,
                    Permission.Named(one.Text("resource")!)
                ),
                one.Text("decision")!
            ),
        ];
    }
}
