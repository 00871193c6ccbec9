using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Plumbline.WebConsole.Tests;

/// <summary>Actions of tests on pages.</summary>
internal static class Pages
{
    /// <summary>The paths of a project's pages, below the project.</summary>
    public static readonly string[] All =
    [
        "",
        "runs",
        "models",
        "endpoint",
        "quality",
        "retraining",
        "review",
        "data",
        "backtests",
        "history",
    ];

    private static readonly string Axe = ReadAxe();

    /// <summary>Signs in with the keyboard alone.</summary>
    public static async Task SignInAsync(this IPage page, string name)
    {
        await page.GotoAsync("/sign-in");
        await page.Locator("input[name=name]").FocusAsync();
        await page.Keyboard.TypeAsync(name);
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync(ConsoleCloud.Password);
        await page.Keyboard.PressAsync("Enter");
        await page.IsAtAsync("/digits/");
    }

    /// <summary>
    /// Waits for an address. Playwright's WaitForURLAsync also waits for the event that the page is loaded, and misses it
    /// now and then if that happened before.
    /// </summary>
    /// <param name="page">The page.</param>
    /// <param name="end">The end of the address.</param>
    public static Task IsAtAsync(this IPage page, string end) =>
        Assertions.Expect(page).ToHaveURLAsync(new Regex(Regex.Escape(end) + "$"));

    /// <summary>Waits until the page is loaded, because only then its script listens, and presses a key.</summary>
    public static async Task PressAsync(this IPage page, string key)
    {
        await page.WaitForLoadStateAsync(LoadState.Load);
        await page.Keyboard.PressAsync(key);
    }

    /// <summary>Fails if axe-core finds a problem on the page (WCAG 2.2 A and AA, and best practices).</summary>
    public static async Task IsAccessibleAsync(this IPage page)
    {
        await page.EvaluateAsync(Axe);
        var found = await page.EvaluateAsync<string[]>(
            """
            async () => (await axe.run()).violations.map(one =>
              `${location.pathname}: ${one.id}: ${one.help}: ${one.nodes.map(node => node.html).join(" | ")}`)
            """
        );
        found.ShouldBeEmpty();
    }

    /// <summary>Fails if the page is wider than the window.</summary>
    public static async Task FitsAsync(this IPage page)
    {
        var over = await page.EvaluateAsync<int>(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        );
        over.ShouldBeLessThanOrEqualTo(0, page.Url);
        var cut = await page.EvaluateAsync<int>(
            "Math.max(0, ...[...document.querySelectorAll('.told')].map(one => one.parentElement.scrollWidth - one.parentElement.clientWidth))"
        );
        cut.ShouldBe(0, $"{page.Url}: sentences of a table are cut off");
    }

    /// <summary>Reloads a page until it shows a text.</summary>
    public static async Task UntilAsync(this IPage page, string path, string text) =>
        await Testing.Eventually.Async(
            async () =>
            {
                await page.GotoAsync(path);
                return $"{path}: {await page.Locator("main").InnerTextAsync()}";
            },
            shown => shown.Contains(text, StringComparison.Ordinal)
        );

    private static string ReadAxe()
    {
        using var stream = typeof(Pages).Assembly.GetManifestResourceStream("axe.min.js")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
