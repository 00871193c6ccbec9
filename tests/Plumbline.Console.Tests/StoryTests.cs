using Microsoft.Playwright;
using Plumbline.Cli.Demo;
using Plumbline.Loop.GroundTruth;
using Plumbline.Loop.Registry;
using Plumbline.Loop.Training;
using Plumbline.Testing;
using static Microsoft.Playwright.Assertions;

namespace Plumbline.WebConsole.Tests;

/// <summary>A person goes through the whole loop, using only the console.</summary>
[Collection("console")]
public sealed class StoryTests(ConsoleCloud cloud, Browser browser) : BrowserTests(browser)
{
    private const int Corrections = 50;
    private static readonly TimeSpan Later = TimeSpan.FromMinutes(10);

    private readonly Executions executions = new(cloud.Loop);

    [BrowserFact]
    public async Task A_person_watches_approves_corrects_and_sees_the_loop_heal()
    {
        var askew = cloud.Digits.Base.Select(digit => digit.Rotated(DigitsSample.Askew).Example).ToList();
        var traffic = new Traffic(cloud.Loop);
        var others = new Reviewers(cloud.Loop, askew);
        var page = await Browser.PageAsync(cloud.Url);
        await page.SignInAsync("approver");

        await WatchAsync(page, 1);
        await ApproveAsync(page, 1);
        await page.UntilAsync("/digits/endpoint", "InService");
        await SendAsync(traffic, [.. askew.Take(640)], "askew");
        // One of these requests comes from the deployment itself.
        await page.UntilAsync("/digits/endpoint", "641 requests");

        await MeasureAsync(page);
        await CorrectAsync(page, cloud.Digits.Base);
        await MeasureAsync(page);
        await others.ReviewAuditAsync(150, CancellationToken.None);
        await others.ReviewUncertainAsync(200, CancellationToken.None);
        await MeasureAsync(page);
        await page.UntilAsync("/digits/quality", "under the threshold");
        await page.UntilAsync("/digits/", "alarm");

        await Eventually.Async(async () => (await executions.ListAsync()).Count == 2);
        await WatchAsync(page, 2);
        var winner = await RecommendedAsync();
        await ApproveAsync(page, winner);
        await page.UntilAsync("/digits/endpoint", $"version {winner}");
        await page.UntilAsync("/digits/endpoint", "InService");

        await cloud.AdvanceAsync(TimeSpan.FromHours(25));
        await SendAsync(traffic, [.. askew.Skip(640).Take(150)], "healed");
        await MeasureAsync(page);
        await others.ReviewAuditAsync(90, CancellationToken.None);
        await MeasureAsync(page);
        await page.UntilAsync("/digits/quality", "to OK");
        await Expect(page.Locator("svg.chart .dot")).ToHaveCountAsync(3);

        await EveryPageIsFitForPeopleAsync(page);
    }

    /// <summary>Waits until the newest run is done; the page updates itself.</summary>
    private async Task WatchAsync(IPage page, int count)
    {
        await page.GotoAsync("/digits/runs");
        await Expect(page.Locator("section[aria-labelledby=executions] tbody tr")).ToHaveCountAsync(count);
        await page.Locator("section[aria-labelledby=executions] tbody a").First.ClickAsync();
        await Expect(page.Locator("#live .badge").First).ToHaveTextAsync("Succeeded", new() { Timeout = 120_000 });
        await Expect(page.Locator(".graph .Succeeded").First).ToBeVisibleAsync();
        await Expect(page.Locator("section[aria-labelledby=curves]")).ToBeVisibleAsync();
    }

    private static async Task ApproveAsync(IPage page, long version)
    {
        await page.GotoAsync($"/digits/models?a={version}");
        await Expect(page.Locator("section[aria-labelledby=decide]")).ToContainTextAsync("The deploy build");
        await page.Locator("textarea[name=reason]").FillAsync("The figures on held-out rows are good.");
        await page.Locator("button[value=approve]").ClickAsync();
        await Expect(page.Locator(".notice[role=status]")).ToContainTextAsync($"Version {version} is approved");
    }

    private async Task MeasureAsync(IPage page)
    {
        await cloud.AdvanceAsync(Later);
        await page.UntilAsync("/digits/quality", "Most often");
        await page.GetByRole(AriaRole.Button, new() { Name = "Measure now" }).ClickAsync();
        await Expect(page.Locator(".notice[role=status]")).ToHaveTextAsync("Measured.");
    }

    /// <summary>Presses one key for each digit; the true digit is that of the base image.</summary>
    private static async Task CorrectAsync(IPage page, IReadOnlyList<Digit> truth)
    {
        await page.GotoAsync("/digits/review?list=audit");
        var key = page.Locator("input[type=hidden][name=key]");
        for (var answer = 0; answer < Corrections; answer++)
        {
            var shown = await key.InputValueAsync();
            var label = truth[int.Parse(shown.Split('-')[1], System.Globalization.CultureInfo.InvariantCulture)].Label;
            var predicted = await page.Locator("#item strong").InnerTextAsync();
            await page.PressAsync(label == predicted ? "Enter" : label);
            await Expect(key).Not.ToHaveValueAsync(shown);
        }

        await Expect(page.Locator("section[aria-labelledby=progress]")).ToContainTextAsync($"{Corrections} of");
        await Screenshots.TakeAsync(page, "review");
        // Undo shows the last item again, with its answers.
        await page.PressAsync("u");
        await Expect(page.Locator(".item table").Last).ToContainTextAsync("approver");
    }

    private async Task SendAsync(Traffic traffic, IReadOnlyList<DemoExample> digits, string name)
    {
        await traffic.SendAsync(digits, index => $"{name}-{index:0000}", CancellationToken.None);
        traffic.Failed.ShouldBe(0);
        var captured = new CapturedPredictions(cloud.Loop);
        await Eventually.Async(async () => await captured.CountAsync() >= traffic.Captured);
    }

    private async Task<long> RecommendedAsync()
    {
        var registry = new ModelRegistry(cloud.Loop);
        var newest = (await executions.ListAsync())[0];
        var comparison = (await registry.ComparisonAsync(newest.Arn))!;
        comparison.Recommended.ShouldNotBe("none", comparison.Reason);
        return (await registry.ListAsync()).Last(version => version.Role == comparison.Recommended).Version;
    }

    /// <summary>axe-core finds no problem in light and dark mode, and no page is wider than 380 pixels.</summary>
    private async Task EveryPageIsFitForPeopleAsync(IPage page)
    {
        var dark = await Browser.PageAsync(cloud.Url, 1280, ColorScheme.Dark);
        var narrow = await Browser.PageAsync(cloud.Url, 380);
        await dark.SignInAsync("approver");
        await narrow.SignInAsync("approver");
        var run = $"runs/{(await executions.ListAsync())[0].Id}";
        foreach (var path in (string[])[.. Pages.All, "review?list=newest", run, $"{run}/steps/TrainNew"])
        {
            foreach (var one in (IPage[])[page, dark, narrow])
            {
                await one.GotoAsync($"/digits/{path}");
                await one.IsAccessibleAsync();
            }

            await narrow.FitsAsync();
            // The picture of the review page is taken earlier, while there are items.
            if (path != "review")
            {
                await Screenshots.TakeAsync(
                    page,
                    path == run ? "run"
                        : path.StartsWith("review", StringComparison.Ordinal) ? "predictions"
                        : path.Length == 0 ? "loop"
                        : path
                );
            }
        }

        await Screenshots.TakeAsync(dark, "dark");
        await narrow.GotoAsync("/digits/");
        await Screenshots.TakeAsync(narrow, "narrow");
    }
}
