using System.Text.Json;

namespace Plumbline.Aws.Models;

/// <summary>
/// Where a REST service has an operation that is not served here: its requests are refused by its name, and never
/// taken for those of an operation on the same path.
/// </summary>
/// <param name="Name">AWS's name.</param>
/// <param name="HttpMethod">GET, PUT, POST, HEAD or DELETE.</param>
/// <param name="RequestUri">The path template with its fixed query.</param>
/// <param name="Needs">The headers and query parameters that it must have.</param>
public sealed record UnservedOperation(string Name, string HttpMethod, string RequestUri, IReadOnlyList<string> Needs)
{
    internal static UnservedOperation Read(JsonProperty entry) =>
        new(
            entry.Name,
            entry.Value.GetProperty("method").GetString()!,
            entry.Value.GetProperty("requestUri").GetString()!,
            entry.Value.TryGetProperty("needs", out var needs)
                ? [.. needs.EnumerateArray().Select(need => need.GetString()!)]
                : []
        );
}
