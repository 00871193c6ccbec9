using System.Text.Json.Nodes;

namespace Plumbline.LocalCloud.State;

/// <summary>A stored resource: its tree in AWS's member names, and the columns by which it is found.</summary>
/// <param name="Key">Unique within its kind: a name or an ARN.</param>
/// <param name="Parent">The resource it is listed under (a package's group, an execution's pipeline), or empty.</param>
/// <param name="Created">Civil time, Unix milliseconds.</param>
/// <param name="Modified">Civil time, Unix milliseconds.</param>
/// <param name="Tree">The resource; empty for a kind that AWS does not have.</param>
internal record Document(string Key, string Parent, long Created, long Modified, JsonObject Tree);

/// <summary>A stored resource with the local cloud's own state of it.</summary>
/// <param name="Key">See <see cref="Document"/>.</param>
/// <param name="Parent">See <see cref="Document"/>.</param>
/// <param name="Created">See <see cref="Document"/>.</param>
/// <param name="Modified">See <see cref="Document"/>.</param>
/// <param name="Tree">See <see cref="Document"/>.</param>
/// <param name="State">The state, which no answer shows.</param>
internal sealed record Document<TState>(
    string Key,
    string Parent,
    long Created,
    long Modified,
    JsonObject Tree,
    TState State
) : Document(Key, Parent, Created, Modified, Tree);
