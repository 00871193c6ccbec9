using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Plumbline.LocalCloud.Services.Iam.Policies;

namespace Plumbline.LocalCloud.Services.Iam.Authorization;

/// <summary>
/// A file that lists everything that a role asked for, once, as one JSON object per line: the author of a role's
/// policies reads there which rights the role needs.
/// </summary>
internal sealed class AccessLog : IDisposable
{
    private readonly ConcurrentDictionary<
        (string Role, string Action, string Resource, Decision Decision),
        bool
    > known = new();
    private readonly Lock writing = new();
    private readonly StreamWriter? file;

    /// <summary>Opens the file, if the options name one.</summary>
    public AccessLog(LocalCloudOptions options) =>
        file = options.AccessLog is { } path ? new StreamWriter(path, append: true) { AutoFlush = true } : null;

    /// <summary>Writes a decision, unless it was written before.</summary>
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
            line["passedTo"] = asked.Context["iam:PassedToService"] is [var service, ..] ? service : null;
        }

        lock (writing)
        {
            file.WriteLine(line.ToJsonString());
        }
    }

    /// <inheritdoc/>
    public void Dispose() => file?.Dispose();
}
