using System.Text.Json.Nodes;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Gateway.Credentials;
using Plumbline.LocalCloud.State;
using Plumbline.Testing;

namespace Plumbline.Scenarios.Tests.Permissions;

/// <summary>What the roles of the demo's loop were recorded asking for; <c>tests/wire/actors.py</c> reads the calls.</summary>
internal static class RecordedActors
{
    public static async Task<HashSet<Permission>> OfAsync(DemoRun demo)
    {
        await demo.ReportAsync();
        string[] arguments =
        [
            Repository.Path("tests", "wire", "actors.py"),
            demo.CallsFile,
            "us-east-1",
            Permission.Account,
        ];
        var lines = (await Shell.RunAsync("python3", arguments)).Succeeded();
        await using var database = Database.Open(Path.Combine(demo.Kept, "cloud", "plumbline.db"));
        var keys = new CredentialStore(database);
        return
        [
            .. from line in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            let call = JsonNode.Parse(line)!
            let caller = keys.Find((string)call["key"]!)!.Caller
            where caller != Caller.Root
            from resource in call["resources"]!.AsArray()
            select new Permission(
                caller.Arn.Split('/')[1].Split('-')[^1],
                (string)call["action"]!,
                Permission.Named((string)resource!)
            ),
        ];
    }
}
