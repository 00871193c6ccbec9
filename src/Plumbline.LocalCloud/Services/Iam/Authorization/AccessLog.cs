using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Plumbline.LocalCloud.Services.Iam.Policies;

namespace Plumbline.LocalCloud.Services.Iam.Authorization;

/// <summary>
/// A file in which everything that a role asked for is written once, a JSON object a line: whoever writes a role's policies reads
/// there how much the role needs.
/// </summary>
internal sealed class AccessLog : IDisposable
{
    private readonly ConcurrentDictionary<
        (string Role, string Action, string Resource, Decision Decision),
        bool
    > known = new();
    private readonly Lock writing = new();
    private readonly StreamWriter? file;

    /// <summary>Opens the file; writes nothing where none is named.</summary>
    public AccessLog(LocalCloudOptions options) =>
        file = options.AccessLog is { } path ? new StreamWriter(path, append: true) { AutoFlush = true } : null;

    /// <summary>Writes an answer down, unless it is there.</summary>
    public void Add(string role, AccessRequest asked, Decision decision)
    {
        if (file is null || !known.TryAdd((role, asked.Action, asked.Resource, decision), true))
        {
            return;
        }

        var line = new JsonObject
        {
            ["role"] = role,
            ["action"] = asked.Action,
            ["resource"] = asked.Resource,
            ["decision"] = decision.ToString(),
        };
        if (asked.Action == "iam:PassRole")
        {
            line["passedTo"] = asked.Context.GetValueOrDefault("iam:PassedToService") is [var service, ..]
                ? service
                : null;
        }

        lock (writing)
        {
            file.WriteLine(line.ToJsonString());
        }
    }

    /// <inheritdoc/>
    public void Dispose() => file?.Dispose();
}
