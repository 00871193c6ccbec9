using Microsoft.Playwright;
using Plumbline.Backtest;
using Plumbline.Backtest.Grids;
using Plumbline.Backtest.Streams;
using Plumbline.Loop.Backtests;
using Plumbline.Testing;
using static Microsoft.Playwright.Assertions;

namespace Plumbline.WebConsole.Tests;

/// <summary>The page of stored backtests.</summary>
[Collection("console")]
public sealed class BacktestPageTests(ConsoleCloud cloud, Browser browser) : BrowserTests(browser)
{
    private const int Rows = 2_000;

    [BrowserFact]
    public async Task A_stored_backtest_is_shown_with_pictures_and_a_recommendation()
    {
        var (features, truths) = DriftStreams.Returning(Rows, 3);
        var replay = new Replay(
            new LabelledStream(features, DriftStreams.Columns, truths),
            StreamWindows.Even(Rows, 10),
            new LabelDelivery(),
            "history <b>.csv"
        );
        var report = replay.Play(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));
        report = report with { Recommendation = Recommender.Of(report) };
        var stored = new StoredBacktests(cloud.Loop.Bucket);
        var key = await stored.StoreAsync(report, CancellationToken.None);
        foreach (var width in (int[])[1280, 380])
        {
            var page = await Browser.PageAsync(cloud.Url, width: width);
            await page.SignInAsync("viewer");

            await page.GotoAsync($"/digits/backtests?report={Path.GetFileNameWithoutExtension(key)}");

            await Expect(page.Locator("main")).ToContainTextAsync("history <b>.csv");
            await Expect(page.Locator("svg.chart[role=img]")).ToHaveCountAsync(3);
            await Expect(page.Locator("section").First).ToContainTextAsync("quality.threshold");
            await page.IsAccessibleAsync();
            await page.FitsAsync();
            await Screenshots.TakeAsync(page, width > 1000 ? "backtests" : "small/backtests");
        }
    }

    [Fact]
    public async Task An_unknown_report_is_not_found()
    {
        using var client = await cloud.SignInAsync(People.UserRole.Viewer);

        using var answer = await client.GetAsync("/digits/backtests?report=..%2Fcorrections%2FREADME");

        answer.StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
    }
}
