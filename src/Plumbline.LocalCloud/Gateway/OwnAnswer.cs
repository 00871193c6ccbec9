using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Plumbline.Aws.Errors;

namespace Plumbline.LocalCloud.Gateway;

/// <summary>Answers of the local cloud's own paths, in JSON; an error has <c>code</c> and <c>message</c>.</summary>
internal static class OwnAnswer
{
    /// <summary>Writes the answer that <paramref name="answerAsync"/> returns, or the error that it throws.</summary>
    public static async Task WriteAsync(HttpContext context, Func<Task<JsonObject>> answerAsync)
    {
        try
        {
            await WriteAsync(context, StatusCodes.Status200OK, await answerAsync());
        }
        catch (AwsException error)
        {
            var refusal = new JsonObject { ["code"] = error.Code, ["message"] = error.Message };
            await WriteAsync(context, error.Status, refusal);
        }
    }

    private static Task WriteAsync(HttpContext context, int status, JsonObject answer)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(answer.ToJsonString(), context.RequestAborted);
    }
}
