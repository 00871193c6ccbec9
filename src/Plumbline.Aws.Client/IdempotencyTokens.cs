using System.Text.Json.Nodes;
using Plumbline.Aws.Models;

namespace Plumbline.Aws.Client;

/// <summary>Tokens by which a service knows that a second attempt is the first one again.</summary>
internal static class IdempotencyTokens
{
    /// <summary>The input with each token that it lacks; made once, so that all attempts carry the same.</summary>
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
