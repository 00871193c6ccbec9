using System.Net;
using Plumbline.Records;
using Plumbline.Testing;

namespace Plumbline.WebConsole.Tests;

/// <summary>A console whose users sign in through a provider.</summary>
[Collection("console")]
public sealed class OpenIdTests(ConsoleCloud cloud)
{
    [Fact]
    public async Task A_person_whom_the_provider_gives_a_role_gets_in_with_it()
    {
        await using var provider = await Provider.StartAsync();
        provider.Claims["roles"] = new[] { "viewer", "reviewer" };

        var page = await PageAsync(provider, HttpStatusCode.OK);

        page.ShouldContain("ann@example.org");
        page.ShouldContain("<small>reviewer</small>");
    }

    [Fact]
    public async Task A_person_without_a_role_does_not_get_in()
    {
        await using var provider = await Provider.StartAsync();
        provider.Claims["roles"] = "janitor";

        (await PageAsync(provider, HttpStatusCode.Forbidden)).ShouldContain("ann@example.org has none of viewer");
    }

    [Fact]
    public async Task Passwords_open_nothing_where_a_provider_signs_in()
    {
        await using var provider = await Provider.StartAsync();
        using var folder = new TemporaryFolder();
        await using var console = await StartAsync(provider, folder.Path);
        using var client = new ConsoleClient(console.Endpoint);

        (await client.PageAsync("/sign-in")).ShouldContain("Sign in at 127.0.0.1");
        using var answer = await client.GetAsync("/sign-in/openid");
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location!.Query.ShouldContain("code_challenge_method=S256");
    }

    [Fact]
    public void A_provider_without_its_secret_is_refused_by_name() =>
        Should
            .Throw<UserError>(() =>
                OpenIdProvider.FromEnvironment(name =>
                    name switch
                    {
                        "PLUMBLINE_OIDC_AUTHORITY" => "https://idp.example.org",
                        "PLUMBLINE_OIDC_CLIENT_ID" => "console",
                        _ => null,
                    }
                )
            )
            .Message.ShouldContain("PLUMBLINE_OIDC_CLIENT_SECRET");

    private async Task<string> PageAsync(Provider provider, HttpStatusCode status)
    {
        using var folder = new TemporaryFolder();
        await using var console = await StartAsync(provider, folder.Path);
        using var http = new HttpClient(new HttpClientHandler { UseProxy = false });
        using var answer = await http.GetAsync(new Uri(console.Endpoint, "/sign-in/openid?back=/digits/history"));
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(status, text);
        return text;
    }

    private Task<ConsoleHost> StartAsync(Provider provider, string folder) =>
        ConsoleHost.StartAsync(
            new ConsoleOptions
            {
                Connection = cloud.Loop.Clients.Connection,
                Folder = folder,
                OpenId = new OpenIdProvider(provider.Url, "console", "secret", "roles", "email"),
            }
        );
}
