using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Plumbline.Testing;
using Shouldly;

namespace Plumbline.Client.Tests;

/// <summary>The console's API over plain HTTP.</summary>
public sealed class TruthApiTests(TruthConsole console) : IClassFixture<TruthConsole>
{
    private readonly HttpClient http = new() { BaseAddress = console.Url };

    [Theory]
    [InlineData("""[{"key":"a1","label":"yes"},{"label":"no","key":"a2"}]""")]
    [InlineData("""  [ {"key":"a1","label":"yes"} , {"key":"a2","label":"no","note":"more members are fine"}]""")]
    [InlineData("{\"key\":\"a1\",\"label\":\"yes\"}\n{\"key\":\"a2\",\"label\":\"no\"}\n")]
    [InlineData(
        "{\"groundTruthData\":{\"data\":\"yes\"},\"eventMetadata\":{\"eventId\":\"a1\"}}\n{\"key\":\"a2\",\"label\":\"no\"}"
    )]
    public async Task An_array_and_lines_deliver_the_same(string body)
    {
        var (status, answer) = await PostAsync(body, "?project=visits");

        status.ShouldBe(HttpStatusCode.OK, answer.ToString());
        answer.GetProperty("truths").GetInt32().ShouldBe(2);
        var key = answer.GetProperty("delivered").GetString()!;
        (await console.DeliveredAsync())[key].ShouldContain("\"a2\"");
    }

    [Theory]
    [InlineData("", 400, "The body is neither a JSON array nor JSON Lines.")]
    [InlineData("key,label\na,yes\n", 400, "The body is neither a JSON array nor JSON Lines.")]
    [InlineData("[{\"key\":\"a\",\"label\":\"yes\"}", 400, "is not a JSON array of truths")]
    [InlineData("[]", 400, "has no truth")]
    [InlineData("[1]", 422, "1 truth is invalid; nothing was delivered.")]
    [InlineData("{\"key\":\"a\"}", 422, "1 truth is invalid; nothing was delivered.")]
    public async Task A_body_without_truths_says_what_it_lacks(string body, int expected, string message)
    {
        var (status, answer) = await PostAsync(body, "?project=visits");

        ((int)status).ShouldBe(expected);
        answer.GetProperty("message").GetString()!.ShouldContain(message);
    }

    [Fact]
    public async Task The_project_may_be_left_out_if_there_is_only_one()
    {
        var (status, _) = await PostAsync("""[{"key":"only","label":"yes"}]""", "");

        status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_session_of_a_person_opens_nothing_here_and_a_token_opens_nothing_else()
    {
        using var person = new ConsoleClient(console.Url);
        await person.SignInAsync("rev", "plumb and true");
        using var byCookie = await person.SendAsync("/api/truth?project=visits", ("key", "x"));
        using var page = await GetAsync("/visits/history", console.Token);
        using var form = new HttpRequestMessage(HttpMethod.Post, "/visits/quality")
        {
            Content = new FormUrlEncodedContent([]),
        };
        form.Headers.Authorization = new AuthenticationHeaderValue("Bearer", console.Token);
        using var byToken = await http.SendAsync(form);

        byCookie.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        byCookie.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer");
        page.RequestMessage!.RequestUri!.AbsolutePath.ShouldBe("/sign-in");
        (
            byToken.RequestMessage!.RequestUri!.AbsolutePath == "/sign-in" || (int)byToken.StatusCode >= 400
        ).ShouldBeTrue();
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused_before_it_is_read()
    {
        using var content = new StreamContent(new MemoryStream(new byte[17 * 1024 * 1024]));
        using var request = Request("?project=visits", content);
        // The client waits for the console's word before it sends the body.
        request.Headers.ExpectContinue = true;

        using var answer = await http.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
    }

    [Fact]
    public async Task A_token_that_asks_without_end_is_slowed_and_others_are_not()
    {
        var greedy = console.Tokens.Add("greedy", TimeProvider.System.GetUtcNow());
        var statuses = new List<HttpStatusCode>();
        for (var request = 0; request < 130; request++)
        {
            statuses.Add((await PostAsync("[]", "?project=visits", greedy)).Status);
        }

        statuses.Take(120).ShouldAllBe(status => status == HttpStatusCode.BadRequest);
        statuses.ShouldContain(HttpStatusCode.TooManyRequests);
        (await PostAsync("""[{"key":"calm","label":"yes"}]""", "?project=visits")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_document_and_the_page_describe_the_one_address_that_there_is()
    {
        using var document = JsonDocument.Parse(await http.GetStringAsync("/openapi/v1.json"));
        using var person = new ConsoleClient(console.Url);
        await person.SignInAsync("rev", "plumb and true");

        var paths = document.RootElement.GetProperty("paths");
        paths.EnumerateObject().Select(path => path.Name).ShouldBe(["/api/truth"]);
        var post = paths.GetProperty("/api/truth").GetProperty("post");
        post.GetProperty("requestBody")
            .GetProperty("content")
            .TryGetProperty("application/jsonl", out _)
            .ShouldBeTrue();
        post.GetProperty("responses").EnumerateObject().Select(one => one.Name).ShouldContain("422");
        document
            .RootElement.GetProperty("components")
            .GetProperty("securitySchemes")
            .GetProperty("Bearer")
            .GetProperty("scheme")
            .GetString()
            .ShouldBe("bearer");
        var page = await person.PageAsync("/api");
        page.ShouldContain("POST /api/truth");
        page.ShouldContain("/openapi/v1.json");
    }

    [Fact]
    public void A_token_is_stored_as_a_hash_alone_and_a_name_has_one()
    {
        var file = Path.Combine(console.Folder, "console-users.db");
        var stored = string.Concat(
            Directory
                .GetFiles(console.Folder, "console-users.db*")
                .Select(one => Encoding.Latin1.GetString(File.ReadAllBytes(one)))
        );

        console.Token.Length.ShouldBe("plumb_".Length + 43);
        stored.ShouldNotContain(console.Token);
        stored.ShouldContain("billing");
        File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Should
            .Throw<Records.UserError>(() => console.Tokens.Add("Billing", TimeProvider.System.GetUtcNow()))
            .Message.ShouldContain("remove it first");
        Should.Throw<Records.UserError>(() => console.Tokens.Add("a b", TimeProvider.System.GetUtcNow()));
        console.Tokens.NameOf(console.Token + "x").ShouldBeNull();
    }

    private async Task<(HttpStatusCode Status, JsonElement Answer)> PostAsync(
        string body,
        string query,
        string? token = null
    )
    {
        using var request = Request(query, new StringContent(body, Encoding.UTF8, "application/json"), token);
        using var answer = await http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return (answer.StatusCode, JsonDocument.Parse(text).RootElement);
    }

    private HttpRequestMessage Request(string query, HttpContent content, string? token = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/truth" + query) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token ?? console.Token);
        return request;
    }

    private async Task<HttpResponseMessage> GetAsync(string path, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await http.SendAsync(request);
    }
}
