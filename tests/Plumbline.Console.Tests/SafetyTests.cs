using System.Net;
using Plumbline.Testing;
using Plumbline.WebConsole.People;

namespace Plumbline.WebConsole.Tests;

/// <summary>Security headers, and requests that must be refused.</summary>
[Collection("console")]
public sealed class SafetyTests(ConsoleCloud cloud)
{
    [Fact]
    public async Task A_form_without_the_token_of_a_page_is_refused()
    {
        using var approver = await cloud.SignInAsync(UserRole.Approver);

        using var none = await approver.SendAsync("/digits/runs");
        using var forged = await approver.SendAsync("/digits/runs", ("token", "CfDJ8forged"));
        using var stranger = new ConsoleClient(cloud.Url);
        using var theirs = await stranger.SendAsync(
            "/sign-in",
            ("name", "viewer"),
            ("password", ConsoleCloud.Password)
        );

        foreach (var answer in (HttpResponseMessage[])[none, forged, theirs])
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            (await answer.Content.ReadAsStringAsync()).ShouldContain("This form is no longer valid");
        }
    }

    [Fact]
    public async Task A_tampered_session_is_no_session()
    {
        using var approver = await cloud.SignInAsync(UserRole.Approver);
        var session = approver.Cookies.GetCookies(cloud.Url)["plumbline-session"]!;
        session.Value = string.Concat(session.Value.AsSpan(0, session.Value.Length - 4), "AAAA");

        using var answer = await approver.GetAsync("/digits/");

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        session.HttpOnly.ShouldBeTrue();
    }

    [Fact]
    public async Task Every_page_forbids_scripts_from_elsewhere_and_frames()
    {
        using var viewer = await cloud.SignInAsync(UserRole.Viewer);

        foreach (var path in (string[])["/digits/", "/digits/models", "/sign-in", "/nowhere/at/all", "/assets/0/x.js"])
        {
            using var answer = await viewer.GetAsync(path);
            var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
            policy.ShouldContain("default-src 'none'; script-src 'self'; style-src 'self'");
            policy.ShouldContain("frame-ancestors 'none'");
            policy.ShouldNotContain("unsafe");
            answer.Headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
        }
    }

    [Fact]
    public async Task No_page_has_anything_inline()
    {
        using var approver = await cloud.SignInAsync(UserRole.Approver);

        foreach (
            var page in (string[])
                ["", "runs", "models", "endpoint", "quality", "review", "data", "backtests", "history"]
        )
        {
            var text = await approver.PageAsync($"/digits/{page}");
            text.ShouldNotContain(" style=");
            text.ShouldNotContain("<style");
            text.ShouldNotContain(" onclick");
            text.ShouldNotContain("<script>");
        }
    }

    [Theory]
    [InlineData("/digits/review?key=<script>alert(1)</script>")]
    [InlineData("/digits/history?text=\"><script>alert(1)</script>")]
    [InlineData("/digits/runs/<script>alert(1)</script>")]
    [InlineData("/<script>alert(1)</script>/")]
    [InlineData("/digits/data?version=<script>alert(1)</script>")]
    public async Task Script_in_an_address_is_text(string address)
    {
        using var viewer = await cloud.SignInAsync(UserRole.Viewer);

        using var answer = await viewer.GetAsync(address);

        (await answer.Content.ReadAsStringAsync()).ShouldNotContain("<script>alert");
    }

    [Theory]
    [InlineData("/digits/runs/..%2f..%2fetc%2fpasswd", HttpStatusCode.NotFound)]
    [InlineData("/digits/runs/nothing", HttpStatusCode.NotFound)]
    [InlineData("/digits/builds/..%2f..", HttpStatusCode.NotFound)]
    [InlineData("/digits/models?a=99999", HttpStatusCode.NotFound)]
    [InlineData("/digits/models?a=-1", HttpStatusCode.NotFound)]
    [InlineData("/digits/models?a=x", HttpStatusCode.NotFound)]
    [InlineData("/digits/data?version=..%2f..", HttpStatusCode.NotFound)]
    [InlineData("/digits/data?file=..%2f..%2fprojects%2fx", HttpStatusCode.OK)]
    [InlineData("/digits/data?from=-5", HttpStatusCode.OK)]
    [InlineData("/digits/data?from=many", HttpStatusCode.BadRequest)]
    [InlineData("/digits/review?list=..%2f", HttpStatusCode.OK)]
    [InlineData("/digits/review?key=%00", HttpStatusCode.OK)]
    [InlineData("/no-such-project/", HttpStatusCode.NotFound)]
    [InlineData("/no-such-project/live", HttpStatusCode.NotFound)]
    [InlineData("/..%2f..%2fetc/", HttpStatusCode.NotFound)]
    [InlineData("/assets/..%2f/console.css", HttpStatusCode.NotFound)]
    public async Task Odd_addresses_end_in_a_clear_page(string address, HttpStatusCode status)
    {
        using var viewer = await cloud.SignInAsync(UserRole.Viewer);

        using var answer = await viewer.GetAsync(address);

        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(status, text);
        text.ShouldContain("<h1>");
        text.ShouldNotContain("Exception");
        text.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task Random_forms_are_refused_with_a_page_and_change_nothing()
    {
        using var approver = await cloud.SignInAsync(UserRole.Approver);
        var random = Seeds.Random(7);
        string[] actions =
        [
            "/digits/review",
            "/digits/models/1",
            "/digits/models/77",
            "/digits/endpoint/back",
            "/digits/data",
            "/digits/runs/none/stop",
        ];
        string[] names = ["list", "key", "label", "decision", "reason", "seen", "evidence", "live", "why", "data"];
        string[] values =
        [
            "",
            "audit",
            "approve",
            "../..",
            "<script>",
            "'; DROP TABLE users; --",
            "\0",
            new string('x', 5000),
            "Ω≈ç√",
        ];
        var before = (await cloud.Loop.History.ReadAsync()).Count;

        for (var round = 0; round < 60; round++)
        {
            var fields = names
                .Where(_ => random.Next(2) == 0)
                .Select(name => (name, values[random.Next(values.Length)]));
            using var answer = await approver.PostAsync("/digits/", actions[round % actions.Length], [.. fields]);
            ((int)answer.StatusCode).ShouldBeInRange(400, 499, await answer.Content.ReadAsStringAsync());
            (await answer.Content.ReadAsStringAsync()).ShouldContain("<h1>");
        }

        (await cloud.Loop.History.ReadAsync()).Count.ShouldBe(before);
    }

    [Fact]
    public async Task Front_end_files_are_served_with_their_hash_and_kept_for_ever()
    {
        using var client = new ConsoleClient(cloud.Url);
        var page = await client.PageAsync("/sign-in");
        var files = new AssetFiles();

        foreach (var name in files.Names)
        {
            using var answer = await client.GetAsync(files.Url(name));
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            answer.Headers.CacheControl!.ToString().ShouldContain("immutable");
            var hash = Convert.ToHexStringLower(
                System.Security.Cryptography.SHA256.HashData(await answer.Content.ReadAsByteArrayAsync())
            );
            files.Url(name).ShouldContain(hash[..16]);
        }

        page.ShouldContain(files.Url("console.css"));
        page.ShouldContain(files.Url("htmx.min.js"));
        page.ShouldNotContain("http://");
        page.ShouldNotContain("https://");
    }
}
