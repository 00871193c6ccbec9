using System.Text.Json;

namespace Plumbline.Aws.Models;

/// <summary>The model's description of an error: its code on the wire and its HTTP status.</summary>
public sealed record ErrorTrait(string Code, int HttpStatus)
{
    internal static ErrorTrait? Of(string name, JsonElement? trait, bool isException, bool fault)
    {
        if (!isException)
        {
            return null;
        }

        var status = fault ? 500 : 400;
        if (trait is not { } error)
        {
            return new ErrorTrait(name, status);
        }

        return new ErrorTrait(
            error.TryGetProperty("code", out var code) ? code.GetString()! : name,
            error.TryGetProperty("httpStatusCode", out var http) ? http.GetInt32() : status
        );
    }
}
