using System.Text.Json.Nodes;
using Plumbline.Aws.Models;

namespace Plumbline.Aws.Client;

/// <summary>Tokens by which a service recognizes a second attempt as the same call.</summary>
internal static class IdempotencyTokens
{
    /// <summary>Adds each missing token once per call, so that all attempts carry the same one.</summary>
    public static JsonObject Fill(Operation operation, JsonObject input)
    {
        JsonObject? filled = null;
        foreach (var (name, shape) in operation.Input?.Members ?? new Dictionary<string, Shape>())
        {
            if (shape.IdempotencyToken && input[name] is null)
            {
                filled ??= input.DeepClone().AsObject();
                filled[name] = Guid.CreateVersion7().ToString();
            }
        }

        return filled ?? input;
    }
}
