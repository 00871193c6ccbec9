using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Plumbline.Aws.Protocols;
using Plumbline.Loop.Home;
using Plumbline.Records.GroundTruth;
using Plumbline.Testing;

namespace Plumbline.WebConsole.Tests;

/// <summary>
/// Input of strangers stays text on every page in a real browser: from callers of the endpoint, committers and training
/// scripts.
/// </summary>
public sealed class HostileTests(PetsConsole pets, Browser browser)
    : BrowserTests(browser),
        IClassFixture<PetsConsole>,
        IClassFixture<Browser>
{
    private const string Hostile =
        "\"'></main></td></script><script>window.broken=1</script><img src=x onerror=\"window.broken=1\">"
        + "<svg onload=window.broken=1></svg><a href=\"javascript:window.broken=1\">x</a><form action=//evil.example>{{7*7}}";

    // A label from the project itself.
    private const string HostileLabel = "<img src=x onerror=window.broken=1>";

    [BrowserFact]
    public async Task Captures_labels_reasons_and_commits_of_strangers_run_nothing_and_leave_the_markup_whole()
    {
        var loop = await pets.ProjectAsync(
            "hostile",
            $"labels: [cat, \"{HostileLabel}\"]\nmonitor:\n  auditShare: 100%\n"
        );
        await pets.QueueAsync(ReviewList.Audit, (Hostile, Hostile), ("second", HostileLabel));
        await pets.QueueAsync(ReviewList.Uncertain, (Hostile + "2", Hostile));
        await pets.CaptureAsync(
            (
                Hostile,
                new JsonObject
                {
                    ["predictions"] = new JsonArray(new JsonObject { ["label"] = Hostile, ["score"] = 0.9 }),
                }.ToJsonString()
            ),
            ("odd", Hostile)
        );
        var act = await loop.History.BeginAsync(Hostile, Hostile, Hostile, who: Hostile);
        await loop.History.EndAsync(act, "failed", Hostile);
        var build = await BuildAsync(loop);
        await RegisterAsync(loop);

        var page = await Browser.PageAsync(pets.Url);
        var (violations, elsewhere) = (new List<string>(), new List<string>());
        page.Console += (_, message) => violations.Add(message.Text);
        page.PageError += (_, error) => violations.Add(error);
        page.Request += (_, request) =>
        {
            if (new Uri(request.Url).Authority != pets.Url.Authority)
            {
                elsewhere.Add(request.Url);
            }
        };
        await page.GotoAsync("/sign-in");
        await page.Locator("input[name=name]").FillAsync("ann");
        await page.Locator("input[name=password]").FillAsync(ConsoleCloud.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Assertions.Expect(page).Not.ToHaveURLAsync(new Regex("sign-in"));

        var key = Uri.EscapeDataString(Hostile);
        string[] addresses =
        [
            "/",
            .. Pages.All.Select(name => $"/hostile/{name}"),
            $"/hostile/review?list=audit&key={key}",
            $"/hostile/review?list=uncertain&key={key}2",
            $"/hostile/review?list=newest&key={key}",
            "/hostile/review?list=newest",
            $"/hostile/history?text={key}",
            "/hostile/models?a=1",
            $"/hostile/builds/{Uri.EscapeDataString(build)}",
            $"/hostile/{key}",
            $"/{key}/",
        ];
        var shown = 0;
        foreach (var address in addresses)
        {
            var answer = await page.GotoAsync(address);
            answer!.Status.ShouldBeLessThan(500, address);
            await page.WaitForLoadStateAsync(LoadState.Load);
            shown += (await page.Locator("body").InnerTextAsync()).Contains("window.broken", StringComparison.Ordinal)
                ? 1
                : 0;
            (await page.EvaluateAsync<bool>("window.broken === undefined")).ShouldBeTrue(address);
            var strange = await page.EvaluateAsync<string[]>(
                "selector => [...document.querySelectorAll(selector)].map(element => element.outerHTML)",
                "img[src=x], svg[onload], a[href^='javascript:'], script:not([src]), form[action^='//'], [onerror]"
            );
            strange.ShouldBeEmpty(address);
            (await page.Locator("main").CountAsync()).ShouldBe(1, address);
        }

        // Chromium's messages about failed loads do not count: an error page is a 404.
        violations.Where(text => !text.Contains("status of 4", StringComparison.Ordinal)).ShouldBeEmpty();
        elsewhere.ShouldBeEmpty();
        // The text was shown, as text.
        shown.ShouldBeGreaterThan(5);
    }

    /// <summary>A commit with a hostile message and author, and its build.</summary>
    private static async Task<string> BuildAsync(LoopContext loop)
    {
        await loop.Clients.CodeCommit.CallAsync(
            "CreateCommit",
            new JsonObject
            {
                ["repositoryName"] = loop.Names.Repository,
                ["branchName"] = "main",
                ["authorName"] = Hostile,
                ["email"] = Hostile,
                ["commitMessage"] = Hostile,
                ["putFiles"] = new JsonArray(
                    new JsonObject { ["filePath"] = "<img src=x onerror=window.broken=1>", ["fileContent"] = "YQ==" }
                ),
            }
        );
        var started = await loop.Clients.CodeBuild.CallAsync(
            "StartBuild",
            new JsonObject { ["projectName"] = loop.Names.BuildProject, ["sourceVersion"] = Hostile }
        );
        var id = started["build"]!.AsObject().Text("id")!;
        await Eventually.Async(
            async () =>
                await loop.Clients.CodeBuild.CallAsync(
                    "BatchGetBuilds",
                    new JsonObject { ["ids"] = new JsonArray(id) }
                ),
            found => found["builds"]![0]!.AsObject().Bool("buildComplete") == true
        );
        return id;
    }

    private static Task RegisterAsync(LoopContext loop) =>
        loop.Clients.SageMaker.CallAsync(
            "CreateModelPackage",
            new JsonObject
            {
                ["ModelPackageGroupName"] = loop.Names.ModelPackageGroup,
                ["ModelPackageDescription"] = Hostile,
                ["ModelApprovalStatus"] = "Rejected",
                ["ApprovalDescription"] = Hostile,
                ["CustomerMetadataProperties"] = new JsonObject { ["role"] = "new" },
            }
        );
}
