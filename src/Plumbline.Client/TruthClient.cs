using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace Plumbline.Client;

/// <summary>Delivers truths to a console's <c>POST /api/truth</c>.</summary>
/// <param name="http">
/// A client whose <see cref="HttpClient.BaseAddress"/> is the console's, such as <c>http://localhost:4571</c>. It stays
/// open.
/// </param>
/// <param name="token">A token of <c>plumb token add NAME</c>.</param>
/// <param name="project">The project's name.</param>
public sealed class TruthClient(HttpClient http, string token, string project)
{
    private const int TruthsInARequest = 10_000;
    private const int MostTries = 5;

    /// <summary>
    /// Delivers truths, at most 10,000 in a request; they are durable when this returns. A request that gets 429 or 503 or
    /// no answer is repeated, up to five times in all: the same truths again change nothing.
    /// </summary>
    /// <param name="truths">The truths. After an error, the requests before the failed one are delivered.</param>
    /// <param name="reason">The reason, for the project's history; null without one.</param>
    /// <param name="cancellationToken">Ends it between two requests or within one.</param>
    /// <returns>The number of truths that were delivered.</returns>
    /// <exception cref="TruthRefusedException">The console refused a request, of which it took nothing.</exception>
    /// <exception cref="HttpRequestException">The console does not answer.</exception>
    public async Task<int> DeliverAsync(
        IEnumerable<Truth> truths,
        string? reason = null,
        CancellationToken cancellationToken = default
    )
    {
        var delivered = 0;
        foreach (var some in truths.Chunk(TruthsInARequest))
        {
            await DeliverAsync(some, delivered, reason, cancellationToken);
            delivered += some.Length;
        }

        return delivered;
    }

    private async Task DeliverAsync(Truth[] some, int before, string? reason, CancellationToken cancellationToken)
    {
        var address = $"/api/truth?project={Uri.EscapeDataString(project)}";
        if (reason is not null)
        {
            address += $"&reason={Uri.EscapeDataString(reason)}";
        }

        for (var tried = 1; ; tried++)
        {
            TimeSpan wait;
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, address)
                {
                    Content = JsonContent.Create(some),
                };
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
                using var answer = await http.SendAsync(request, cancellationToken);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }

                if (!IsPassing(answer.StatusCode) || tried == MostTries)
                {
                    throw await RefusedAsync(answer, before, cancellationToken);
                }

                wait = answer.Headers.RetryAfter?.Delta ?? Pause(tried);
            }
            catch (HttpRequestException) when (tried < MostTries)
            {
                wait = Pause(tried);
            }

            await Task.Delay(wait, cancellationToken);
        }
    }

    private static bool IsPassing(HttpStatusCode status) =>
        status is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable or HttpStatusCode.BadGateway;

    private static TimeSpan Pause(int tried) => TimeSpan.FromMilliseconds(250 << tried);

    private static async Task<TruthRefusedException> RefusedAsync(
        HttpResponseMessage answer,
        int before,
        CancellationToken cancellationToken
    )
    {
        var isJson = answer.Content.Headers.ContentType?.MediaType == "application/json";
        var refusal = isJson ? await answer.Content.ReadFromJsonAsync<Refusal>(cancellationToken) : null;
        return new TruthRefusedException(
            answer.StatusCode,
            refusal?.Message ?? $"The console answered {(int)answer.StatusCode}.",
            // The console counts from 1 in each request.
            [.. (refusal?.Errors ?? []).Select(one => one with { Line = one.Line + before })]
        );
    }

    private sealed record Refusal(string Message, IReadOnlyList<TruthProblem>? Errors);
}
