using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.LocalCloud.Services.Iam.Authorization.Actions;

/// <summary>A right that an operation requires: an action on the resources that its input names.</summary>
/// <param name="Action">Such as <c>s3:GetObject</c>; null for the operation's own name.</param>
/// <param name="Resources">Returns ARNs for an input; empty if the input does not need this right.</param>
internal sealed record Access(string? Action, Func<JsonObject, IEnumerable<string>> Resources)
{
    /// <summary>The service that a role is passed to; null if the action is not <c>iam:PassRole</c>.</summary>
    public string? PassedTo { get; init; }

    /// <summary>An action for which AWS knows no resource.</summary>
    public static Access Anything { get; } = new(null, _ => ["*"]);

    /// <summary>An operation that everybody may call.</summary>
    public static Access Free { get; } = new(null, _ => []);

    /// <summary>The same resources for another action.</summary>
    public Access As(string action) => this with { Action = action };

    /// <summary>The right to pass the roles that members of the input name.</summary>
    /// <param name="service">The receiver of the role, such as <c>sagemaker.amazonaws.com</c>.</param>
    /// <param name="member">The path of the members; see <see cref="Values"/>.</param>
    public static Access PassRole(string service, string member) =>
        new("iam:PassRole", input => Values(input, member)) { PassedTo = service };

    /// <summary>
    /// The texts at a path: names of members with dots between them, and <c>[]</c> after the name of a list.
    /// </summary>
    public static IEnumerable<string> Values(JsonObject input, string path) =>
        Nodes(input, path).Select(Tree.Text).OfType<string>();

    /// <summary>The members at a path; see <see cref="Values"/>.</summary>
    public static IEnumerable<JsonNode?> Nodes(JsonObject input, string path)
    {
        IEnumerable<JsonNode?> nodes = [input];
        foreach (var step in path.Split('.'))
        {
            nodes = step.EndsWith("[]", StringComparison.Ordinal)
                ? nodes.OfType<JsonObject>().SelectMany(tree => tree.Array(step[..^2]) ?? [])
                : nodes.OfType<JsonObject>().Select(tree => tree[step]);
        }

        return nodes;
    }

    /// <summary>The texts at a path, or the given text if the path has none.</summary>
    public static IEnumerable<string> ValuesOr(JsonObject input, string path, string missing) =>
        Values(input, path).DefaultIfEmpty(missing);
}
