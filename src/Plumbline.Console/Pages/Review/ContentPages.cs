using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plumbline.Records.Examples;
using Plumbline.WebConsole.Captures;
using Plumbline.WebConsole.Http;
using Plumbline.WebConsole.Projects;

namespace Plumbline.WebConsole.Pages.Review;

/// <summary>The content of a captured prediction, as the caller sent it.</summary>
internal static class ContentPages
{
    public static void MapContent(this IEndpointRouteBuilder routes) => routes.MapGet("/{project}/content", ShowAsync);

    /// <summary>The address of a prediction's content.</summary>
    public static string AddressOf(string project, string joinKey) =>
        $"/{project}/content?key={Uri.EscapeDataString(joinKey)}";

    private static async Task<IResult> ShowAsync(
        string key,
        HttpResponse response,
        CurrentLoop current,
        CaptureIndexes indexes,
        CancellationToken cancellationToken
    )
    {
        var loop = await current.GetAsync(cancellationToken);
        var index = await indexes.OfAsync(loop, cancellationToken);
        // A capture does not change. The page of the item before it has fetched this already.
        response.Headers.CacheControl = "private, max-age=600";
        response.Headers.Remove("Pragma");
        var found = await ReviewModel.FindAsync(loop, index, [], key, cancellationToken);
        return found is { Content: { } content, Body: { } body }
            // A caller chooses the type: only images and plain text are shown, and a browser must not guess another one.
            ? ContentTypes.IsImage(content.Type)
                ? Results.Bytes(body, content.Type)
                : ContentTypes.IsText(content.Type)
                    ? Results.Bytes(body, "text/plain; charset=utf-8")
                    : Results.Bytes(body, "application/octet-stream", content.Name)
            : throw Missing(response, key);
    }

    private static PageException Missing(HttpResponse response, string key)
    {
        // Its capture may come.
        response.Headers.CacheControl = "no-store";
        return PageException.NotFound($"The content of the prediction '{key}'");
    }
}
