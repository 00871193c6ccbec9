using System.Net;
using System.Text.RegularExpressions;
using Shouldly;

namespace Plumbline.Testing;

/// <summary>A browser without scripts: cookies, pages, and forms with their tokens.</summary>
public sealed partial class ConsoleClient : IDisposable
{
    private readonly HttpClientHandler handler = new() { AllowAutoRedirect = false, UseProxy = false };
    private readonly HttpClient http;

    /// <param name="url">The address of the console.</param>
    /// <param name="from">The address that a proxy would forward; null without a proxy.</param>
    public ConsoleClient(Uri url, string? from = null)
    {
        http = new HttpClient(handler) { BaseAddress = url };
        if (from is not null)
        {
            http.DefaultRequestHeaders.Add("X-Forwarded-For", from);
        }
    }

    public CookieContainer Cookies => handler.CookieContainer;

    public Task<HttpResponseMessage> GetAsync(string path) => http.GetAsync(path);

    /// <summary>Requests a page with headers; leaves out headers without a value.</summary>
    public Task<HttpResponseMessage> GetAsync(string path, params (string Name, string? Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers.Where(header => header.Value is not null))
        {
            request.Headers.Add(name, value);
        }

        return http.SendAsync(request);
    }

    /// <summary>Returns the text of a page, which must exist.</summary>
    public async Task<string> PageAsync(string path)
    {
        using var answer = await GetAsync(path);
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        return text;
    }

    /// <summary>Sends a form of a page, with the page's token.</summary>
    public async Task<HttpResponseMessage> PostAsync(string page, string action, params (string, string)[] fields)
    {
        var token = Token().Match(await PageAsync(page)).Groups["token"].Value;
        return await SendAsync(action, [("token", WebUtility.HtmlDecode(token)), .. fields]);
    }

    /// <summary>Sends a form without a token.</summary>
    public Task<HttpResponseMessage> SendAsync(string action, params (string, string)[] fields) =>
        http.PostAsync(
            action,
            new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Item1, field.Item2)))
        );

    public async Task SignInAsync(string name, string password)
    {
        using var answer = await PostAsync("/sign-in", "/sign-in", ("name", name), ("password", password));
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        http.Dispose();
        handler.Dispose();
    }

    [GeneratedRegex("name=\"token\" value=\"(?<token>[^\"]*)\"")]
    private static partial Regex Token();
}
