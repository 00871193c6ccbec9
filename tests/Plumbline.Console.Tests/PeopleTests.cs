using System.Net;
using Plumbline.Testing;
using Plumbline.WebConsole.People;

namespace Plumbline.WebConsole.Tests;

/// <summary>Sign-in, and the rights of each role.</summary>
[Collection("console")]
public sealed class PeopleTests(ConsoleCloud cloud)
{
    private static readonly string[] Pages =
    [
        "/digits/",
        "/digits/runs",
        "/digits/models",
        "/digits/endpoint",
        "/digits/quality",
        "/digits/review",
        "/digits/data",
        "/digits/backtests",
        "/digits/retraining",
        "/digits/history",
    ];

    [Fact]
    public async Task Nobody_sees_a_page_without_signing_in()
    {
        using var client = new ConsoleClient(cloud.Url);

        foreach (var page in Pages)
        {
            using var answer = await client.GetAsync(page);
            answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
            answer.Headers.Location!.ToString().ShouldContain("/sign-in");
        }
    }

    [Fact]
    public async Task A_viewer_sees_every_page_and_changes_nothing()
    {
        using var viewer = await cloud.SignInAsync(UserRole.Viewer);
        foreach (var page in Pages)
        {
            (await viewer.PageAsync(page)).ShouldContain("<h1>");
        }

        foreach (
            var action in (string[])
                [
                    "/digits/runs",
                    "/digits/runs/x/stop",
                    "/digits/models/1",
                    "/digits/endpoint/try",
                    "/digits/endpoint/back",
                    "/digits/review",
                    "/digits/quality",
                    "/digits/data",
                ]
        )
        {
            using var answer = await viewer.PostAsync("/digits/", action);
            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden, action);
            (await answer.Content.ReadAsStringAsync()).ShouldContain("Your role does not allow this");
        }
    }

    [Fact]
    public async Task A_reviewer_decides_nothing()
    {
        using var reviewer = await cloud.SignInAsync(UserRole.Reviewer);

        foreach (var action in (string[])["/digits/runs", "/digits/models/1", "/digits/endpoint/back", "/digits/data"])
        {
            using var answer = await reviewer.PostAsync("/digits/", action);
            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden, action);
        }
    }

    [Fact]
    public async Task A_wrong_password_is_refused_and_after_some_tries_so_is_the_right_one()
    {
        cloud.Users.Put("guessed", ConsoleCloud.Password, UserRole.Approver, TimeProvider.System.GetUtcNow());
        using var client = new ConsoleClient(cloud.Url);
        for (var attempt = 0; attempt < 8; attempt++)
        {
            using var wrong = await client.PostAsync(
                "/sign-in",
                "/sign-in",
                ("name", "guessed"),
                ("password", "wrong")
            );
            wrong.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            (await wrong.Content.ReadAsStringAsync()).ShouldContain("The name or the password is wrong.");
        }

        using var right = await client.PostAsync(
            "/sign-in",
            "/sign-in",
            ("name", "guessed"),
            ("password", ConsoleCloud.Password)
        );

        right.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        right.Headers.RetryAfter.ShouldNotBeNull();
        (await right.Content.ReadAsStringAsync()).ShouldContain("Too many tries");
    }

    [Fact]
    public async Task A_user_who_is_removed_or_gets_another_role_is_signed_out_at_once()
    {
        cloud.Users.Put("leaver", ConsoleCloud.Password, UserRole.Viewer, TimeProvider.System.GetUtcNow());
        using var client = new ConsoleClient(cloud.Url);
        await client.SignInAsync("leaver", ConsoleCloud.Password);
        await client.PageAsync("/digits/");

        cloud.Users.Put("leaver", ConsoleCloud.Password, UserRole.Reviewer, TimeProvider.System.GetUtcNow());
        using var changed = await client.GetAsync("/digits/");
        await client.SignInAsync("leaver", ConsoleCloud.Password);
        cloud.Users.Remove("leaver").ShouldBeTrue();
        using var removed = await client.GetAsync("/digits/");

        changed.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        removed.StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Theory]
    [InlineData("https://elsewhere.example/")]
    [InlineData("//elsewhere.example/")]
    [InlineData("/\\elsewhere.example")]
    [InlineData("/\t/elsewhere.example")]
    [InlineData("/\n/elsewhere.example")]
    [InlineData("/digits/\r\nLocation: https://elsewhere.example/")]
    [InlineData("/.//elsewhere.example")]
    [InlineData("/digits/..//elsewhere.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/digits/\nX: y")]
    [InlineData("/digits/\r\nSet-Cookie: a=b")]
    [InlineData("/\n/evil.example")]
    public async Task A_sign_in_leads_nowhere_else(string back)
    {
        using var client = new ConsoleClient(cloud.Url);

        using var answer = await client.PostAsync(
            "/sign-in",
            "/sign-in",
            ("name", "viewer"),
            ("password", ConsoleCloud.Password),
            ("back", back)
        );

        answer.Headers.Location!.ToString().ShouldBe("/");
    }

    [Fact]
    public async Task A_sign_in_leads_back_to_any_page_of_the_console_whatever_its_letters()
    {
        using var client = new ConsoleClient(cloud.Url);

        using var answer = await client.PostAsync(
            "/sign-in",
            "/sign-in?back=/elsewhere",
            ("name", "viewer"),
            ("password", ConsoleCloud.Password),
            ("back", "/digits/review?key=é&list=audit")
        );

        answer.Headers.Location!.OriginalString.ShouldBe("/digits/review?key=%C3%A9&list=audit");
    }

    [Theory]
    [InlineData("", "long enough")]
    [InlineData("a b", "long enough")]
    [InlineData("<script>", "long enough")]
    [InlineData("short", "short")]
    public void A_name_or_a_password_that_is_none_is_refused(string name, string password) =>
        Should.Throw<Records.UserError>(() =>
            cloud.Users.Put(name, password, UserRole.Viewer, TimeProvider.System.GetUtcNow())
        );

    [Fact]
    public void Passwords_are_hashed_in_a_file_that_only_its_owner_reads()
    {
        var file = Path.Combine(cloud.Data, "console-users.db");

        File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.ReadAllText(file, System.Text.Encoding.Latin1).ShouldNotContain(ConsoleCloud.Password);
    }
}
