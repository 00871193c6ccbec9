using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Plumbline.LocalCloud.State;
using Plumbline.LocalCloud.State.Removal;
using Plumbline.LocalCloud.Time;

namespace Plumbline.LocalCloud.Gateway;

/// <summary>
/// <c>GET /_plumbline/health</c>, signed: the items that block nothing any more but need a person's attention. It only
/// reads, so that it answers even while the writer is stuck.
/// </summary>
internal sealed class HealthPath(
    Database database,
    DataFolder data,
    SetAsideItems setAside,
    ServiceWatch services,
    RecentErrors errors,
    Authentication authentication
)
{
    public const string Path = "/_plumbline/health";

    private const int Most = 20;

    /// <summary>Answers with the writer's state, the items set aside, and the items that cannot be read.</summary>
    public Task AnswerAsync(HttpContext context) =>
        OwnAnswer.WriteAsync(
            context,
            async () =>
            {
                await authentication.AuthenticateOwnPathAsync(context);
                return Health();
            }
        );

    private JsonObject Health()
    {
        var unreadable = database.Read(Documents.Unreadable);
        var trash = Trash.List(data.Root);
        return new JsonObject
        {
            ["writer"] = Writer(),
            ["setAside"] = setAside.Count() + unreadable.Count + trash.Count + services.Failures.Count,
            ["errors"] = errors.Count,
            ["newestErrors"] = new JsonArray([
                .. errors.Newest.Select(error => JsonValue.Create($"{error.Place}: {error.Text}")),
            ]),
            ["items"] = new JsonArray([
                .. setAside.Newest(Most).Select(item => Item(item.Kind, item.Name, item.Reason)),
                .. unreadable.Take(Most).Select(item => Item(item.Kind, item.Key, "It cannot be read.")),
                .. trash.Take(Most).Select(entry => Item("folder", entry, "It could not be removed.")),
                .. services.Failures.Select(failure => Item("service", failure.Key, failure.Value)),
            ]),
        };
    }

    private JsonObject Writer() =>
        database.Turn is not { } turn
            ? []
            : new JsonObject
            {
                ["operation"] = turn.Operation,
                ["seconds"] = ProcessTime.Clock.GetElapsedTime(turn.Since).TotalSeconds,
                ["refuses"] = database.StuckOn is not null,
            };

    private static JsonObject Item(string kind, string name, string reason) =>
        new()
        {
            ["kind"] = kind,
            ["name"] = name,
            ["reason"] = reason,
        };
}
