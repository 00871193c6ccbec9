using System.Net;
using Microsoft.Playwright;
using Plumbline.Testing;
using Plumbline.WebConsole.People;
using static Microsoft.Playwright.Assertions;

namespace Plumbline.WebConsole.Tests;

/// <summary>The console behind a proxy, and its answers to strangers.</summary>
[Collection("console")]
public sealed class BehindProxyTests(ConsoleCloud cloud, Browser browser) : BrowserTests(browser)
{
    [BrowserFact]
    public async Task Behind_a_TLS_proxy_every_redirect_stays_on_TLS_and_every_cookie_is_secure()
    {
        await using var proxy = await TlsProxy.StartAsync(cloud.Url);
        var page = await Browser.PageAsync(proxy.Url);
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
        await page.IsAtAsync("/digits/review?list=uncertain");

        insecure.ShouldBeEmpty();
        new Uri(page.Url).Host.ShouldBe(TlsProxy.Name);
        var cookies = await page.Context.CookiesAsync();
        cookies
            .Select(cookie => cookie.Name)
            .Order()
            .ShouldBe(["plumbline-device", "plumbline-form", "plumbline-session"]);
        cookies.ShouldAllBe(cookie => cookie.Secure && cookie.HttpOnly);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.IsAtAsync("/sign-in");
        insecure.ShouldBeEmpty();
    }

    [Fact]
    public async Task Wrong_passwords_from_an_address_keep_nobody_else_out()
    {
        cloud.Users.Put("vic", ConsoleCloud.Password, UserRole.Viewer, TimeProvider.System.GetUtcNow());
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
        cloud.Users.Put("wanted", ConsoleCloud.Password, UserRole.Viewer, TimeProvider.System.GetUtcNow());
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
    [InlineData("evil.example", TlsProxy.Name, HttpStatusCode.BadRequest)]
    [InlineData("evil.example", "localhost", HttpStatusCode.BadRequest)]
    [InlineData(TlsProxy.Name, "evil.example", HttpStatusCode.BadRequest)]
    [InlineData("localhost", null, HttpStatusCode.OK)]
    [InlineData("127.0.0.1", null, HttpStatusCode.OK)]
    [InlineData(TlsProxy.Name, null, HttpStatusCode.OK)]
    [InlineData("127.0.0.1", TlsProxy.Name, HttpStatusCode.OK)]
    public async Task Behind_a_proxy_the_console_answers_to_its_own_and_its_public_names_only(
        string host,
        string? forwarded,
        HttpStatusCode status
    )
    {
        using var client = new ConsoleClient(cloud.Url);

        using var answer = await client.GetAsync(
            "/sign-in",
            ("Host", host),
            ("X-Forwarded-Host", forwarded),
            ("X-Forwarded-For", "203.0.113.7"),
            ("X-Forwarded-Proto", "https")
        );

        answer.StatusCode.ShouldBe(status);
        if (status == HttpStatusCode.BadRequest)
        {
            (await answer.Content.ReadAsStringAsync()).ShouldContain("--public-host");
        }
        else
        {
            ShouldBeSecure(answer, true);
        }
    }

    [Theory]
    [InlineData("X-Forwarded-Host", "localhost")]
    [InlineData("X-Forwarded-Host", "evil.example")]
    [InlineData("X-Forwarded-For", "127.0.0.1")]
    [InlineData("X-Forwarded-Proto", "https")]
    [InlineData("X-Forwarded-Prefix", "/other")]
    [InlineData("Forwarded", "for=127.0.0.1;host=evil.example;proto=https")]
    [InlineData("X-Original-For", "127.0.0.1")]
    [InlineData("X-Original-Host", "localhost")]
    [InlineData("X-Original-Proto", "https")]
    public async Task A_console_that_was_told_of_no_proxy_believes_no_header(string header, string value)
    {
        using var folder = new TemporaryFolder();
        await using var console = await StartAsync(folder, ProxyTrust.Of([], []));
        using var client = new ConsoleClient(console.Endpoint);

        using var rebound = await client.GetAsync("/sign-in", ("Host", "evil.example"), (header, value));
        using var own = await client.GetAsync("/sign-in", (header, value));
        using var redirect = await client.GetAsync("/", (header, value));

        rebound.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        own.StatusCode.ShouldBe(HttpStatusCode.OK);
        ShouldBeSecure(own, false);
        redirect.Headers.Location!.OriginalString.ShouldNotContain("evil.example");
        redirect.Headers.Location.OriginalString.ShouldNotContain("other");
    }

    [Fact]
    public async Task A_proxy_that_was_named_without_a_public_name_opens_no_name_of_its_own()
    {
        using var folder = new TemporaryFolder();
        await using var console = await StartAsync(folder, ProxyTrust.Of([IPNetwork.Parse("10.0.0.0/8")], []));
        using var client = new ConsoleClient(console.Endpoint);

        using var rebound = await client.GetAsync("/sign-in", ("Host", "evil.example"), ("X-Forwarded-Proto", "https"));
        using var own = await client.GetAsync("/sign-in", ("X-Forwarded-Proto", "https"));

        rebound.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        ShouldBeSecure(own, true);
    }

    [Fact]
    public async Task A_stranger_is_not_believed_where_a_proxy_is()
    {
        using var folder = new TemporaryFolder();
        await using var console = await StartAsync(
            folder,
            new ProxyTrust { Trusted = [IPNetwork.Parse("10.0.0.0/8")], PublicHosts = [TlsProxy.Name] }
        );
        using var client = new ConsoleClient(console.Endpoint);

        using var answer = await client.GetAsync("/sign-in", ("Host", TlsProxy.Name), ("X-Forwarded-Proto", "https"));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        ShouldBeSecure(answer, false);
    }

    private static void ShouldBeSecure(HttpResponseMessage answer, bool secure) =>
        answer.Headers.GetValues("Set-Cookie").ShouldAllBe(cookie => cookie.Contains("; secure") == secure);

    private Task<ConsoleHost> StartAsync(TemporaryFolder folder, ProxyTrust proxies) =>
        ConsoleHost.StartAsync(
            new ConsoleOptions
            {
                Connection = cloud.Loop.Clients.Connection,
                Folder = folder.Path,
                Proxies = proxies,
            }
        );

    private static Task<HttpResponseMessage> TryAsync(ConsoleClient client, string name, string password) =>
        client.PostAsync("/sign-in", "/sign-in", ("name", name), ("password", password));
}
