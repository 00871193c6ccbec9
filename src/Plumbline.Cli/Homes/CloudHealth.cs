using System.Text.Json.Nodes;
using Plumbline.Aws.Formats;
using Plumbline.Aws.Protocols;

namespace Plumbline.Cli.Homes;

/// <summary>The local cloud's own problems, as sentences for <c>plumb status</c>; empty if all is well.</summary>
internal static class CloudHealth
{
    private const string Path = "/_plumbline/health";
    private const int Shown = 5;

    public static async Task<IReadOnlyList<string>> ReadAsync(CloudFile cloud, CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        var call = new OwnCall(cloud.Endpoint, cloud.Region, cloud.Keys);
        return [.. Sentences(await call.SendAsync(http, HttpMethod.Get, Path, default, cancellationToken))];
    }

    private static IEnumerable<string> Sentences(JsonObject health)
    {
        if (health.Object("writer") is { } writer && (bool?)writer["refuses"] == true)
        {
            yield return $"{writer.Text("operation")} has blocked all changes for {writer["seconds"]:0} s; changes are refused until it ends. "
                + "If it does not end, restart `plumb up`.";
        }

        if (health.Long("errors") is > 0 and var errors)
        {
            yield return $"{errors} {(errors == 1 ? "error" : "errors")} since `plumb up` was started, the newest: "
                + health.Texts("newestErrors").LastOrDefault();
        }

        var count = health.Long("setAside") ?? 0;
        if (count == 0)
        {
            yield break;
        }

        yield return $"{count} {(count == 1 ? "item was" : "items were")} set aside:";
        foreach (var item in health.Objects("items").Take(Shown))
        {
            yield return $"{item.Text("kind")} {item.Text("name")}: {item.Text("reason")}";
        }
    }
}
