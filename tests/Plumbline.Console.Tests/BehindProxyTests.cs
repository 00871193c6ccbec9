using System.Net;
using Microsoft.Playwright;
using Plumbline.Testing;
using Plumbline.WebConsole.People;
using static Microsoft.Playwright.Assertions;

namespace Plumbline.WebConsole.Tests;

/// <summary>The console behind a proxy, and where others than its people reach for it.</summary>
[Collection("console")]
public sealed class BehindProxyTests(ConsoleCloud cloud, Browser browser)
{
    [BrowserFact]
    public async Task Behind_a_TLS_proxy_every_redirect_stays_on_TLS_and_every_cookie_is_secure()
    {
        await using var proxy = await TlsProxy.StartAsync(cloud.Url);
        var page = await browser.PageAsync(proxy.Url);
        var insecure = new List<string>();
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith("https:", StringComparison.Ordinal))
            {
                insecure.Add(request.Url);
            }
        };

        await page.GotoAsync("/digits/review?list=uncertain");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Sign in");
        await page.Locator("input[name=name]").FillAsync("reviewer");
        await page.Locator("input[name=password]").FillAsync(ConsoleCloud.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.WaitForURLAsync("**/digits/review?list=uncertain");

        insecure.ShouldBeEmpty();
        new Uri(page.Url).Host.ShouldBe(TlsProxy.Name);
        var cookies = await page.Context.CookiesAsync();
        cookies
            .Select(cookie => cookie.Name)
            .Order()
            .ShouldBe(["plumbline-device", "plumbline-form", "plumbline-session"]);
        cookies.ShouldAllBe(cookie => cookie.Secure && cookie.HttpOnly);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.WaitForURLAsync("**/sign-in");
        insecure.ShouldBeEmpty();
    }

    [Fact]
    public async Task Wrong_passwords_from_an_address_keep_nobody_else_out()
    {
        cloud.Users.Put("vic", ConsoleCloud.Password, Role.Viewer, TimeProvider.System.GetUtcNow());
        using var attacker = new ConsoleClient(cloud.Url, from: "203.0.113.7");
        for (var attempt = 0; attempt < 44; attempt++)
        {
            using var wrong = await TryAsync(attacker, $"guess-{attempt}", "wrong");
            wrong.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }

        for (var attempt = 0; attempt < 10; attempt++)
        {
            using var wrong = await TryAsync(attacker, "reviewer", "wrong");
            wrong.StatusCode.ShouldBe(
                attempt == 0 ? HttpStatusCode.Unauthorized : HttpStatusCode.TooManyRequests,
                "an address that fails with many names has one failure a name left"
            );
        }

        using var sameAddress = new ConsoleClient(cloud.Url, from: "203.0.113.7");
        using var elsewhere = new ConsoleClient(cloud.Url, from: "203.0.113.8");
        await sameAddress.SignInAsync("vic", ConsoleCloud.Password);
        await elsewhere.SignInAsync("reviewer", ConsoleCloud.Password);
    }

    [Fact]
    public async Task A_name_that_is_guessed_from_many_addresses_stays_open_where_it_has_signed_in_before()
    {
        cloud.Users.Put("wanted", ConsoleCloud.Password, Role.Viewer, TimeProvider.System.GetUtcNow());
        using var owner = new ConsoleClient(cloud.Url, from: "198.51.100.1");
        await owner.SignInAsync("wanted", ConsoleCloud.Password);
        for (var attempt = 0; attempt < 64; attempt++)
        {
            using var one = new ConsoleClient(cloud.Url, from: $"203.0.113.{100 + attempt / 8}");
            (await TryAsync(one, "wanted", "wrong")).Dispose();
        }

        using var stranger = new ConsoleClient(cloud.Url, from: "198.51.100.2");
        using var refused = await TryAsync(stranger, "wanted", ConsoleCloud.Password);
        using var forged = new ConsoleClient(cloud.Url, from: "198.51.100.3");
        forged.Cookies.Add(new Uri(cloud.Url, "/sign-in"), new System.Net.Cookie("plumbline-device", "forged"));
        using var refusedToo = await TryAsync(forged, "wanted", ConsoleCloud.Password);

        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        refusedToo.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        await owner.SignInAsync("wanted", ConsoleCloud.Password);
    }

    [Theory]
    [InlineData("evil.example", null, HttpStatusCode.BadRequest)]
    [InlineData("localhost.evil.example", null, HttpStatusCode.BadRequest)]
    [InlineData("localhost", null, HttpStatusCode.OK)]
    [InlineData("127.0.0.1", null, HttpStatusCode.OK)]
    [InlineData("loop.example.org", "https", HttpStatusCode.OK)]
    public async Task A_name_that_no_proxy_passes_on_is_not_served(string host, string? proto, HttpStatusCode status)
    {
        using var client = new ConsoleClient(cloud.Url);

        using var answer = await client.GetAsync("/sign-in", ("Host", host), ("X-Forwarded-Proto", proto));
        using var claimed = await client.GetAsync("/sign-in", ("Host", host), ("X-Original-Proto", "https"));

        answer.StatusCode.ShouldBe(status);
        claimed.StatusCode.ShouldBe(proto is null ? status : HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_console_that_was_told_its_public_name_answers_to_no_other_and_believes_no_stranger()
    {
        using var folder = new TemporaryFolder();
        await using var console = await ConsoleHost.StartAsync(
            new ConsoleOptions
            {
                Connection = cloud.Loop.Clients.Connection,
                Folder = folder.Path,
                Proxies = new ProxyTrust { Trusted = [IPNetwork.Parse("10.0.0.0/8")], PublicHosts = [TlsProxy.Name] },
            }
        );
        using var client = new ConsoleClient(console.Endpoint);

        using var own = await client.GetAsync("/sign-in", ("Host", TlsProxy.Name), ("X-Forwarded-Proto", "https"));
        using var other = await client.GetAsync("/sign-in", ("Host", "evil.example"), ("X-Forwarded-Proto", "https"));

        own.StatusCode.ShouldBe(HttpStatusCode.OK);
        own.Headers.GetValues("Set-Cookie").ShouldAllBe(cookie => !cookie.Contains("secure"));
        other.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await other.Content.ReadAsStringAsync()).ShouldContain("--public-host");
    }

    private static Task<HttpResponseMessage> TryAsync(ConsoleClient client, string name, string password) =>
        client.PostAsync("/sign-in", "/sign-in", ("name", name), ("password", password));
}
