using System.Text.Json.Nodes;
using Plumbline.Aws.Models;

namespace Plumbline.Aws.Protocols;

/// <summary>The text that an operation puts before the host name.</summary>
internal static class HostPrefixes
{
    public static string? Expand(Operation operation, JsonObject input)
    {
        if (operation.HostPrefix is not { } prefix || operation.Input is not { } shape)
        {
            return operation.HostPrefix;
        }

        foreach (var name in shape.Members.Keys)
        {
            if (prefix.Contains($"{{{name}}}", StringComparison.Ordinal))
            {
                prefix = prefix.Replace($"{{{name}}}", input.Text(name), StringComparison.Ordinal);
            }
        }

        return prefix;
    }
}
