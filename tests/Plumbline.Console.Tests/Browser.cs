using Microsoft.Playwright;
using Plumbline.Testing;

namespace Plumbline.WebConsole.Tests;

/// <summary>
/// Debian's Chromium without windows, controlled by Playwright. It renders like the browser with windows, and takes a
/// fraction of its CPU time.
/// </summary>
public sealed class Browser : IAsyncLifetime
{
    internal const string Program = "chromium-headless-shell";
    private const float Patience = 60_000;

    private static readonly string[] Quiet =
    [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        $"--host-resolver-rules=MAP {TlsProxy.Name} 127.0.0.1",
    ];

    private IPlaywright playwright = null!;
    private IBrowser browser = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(Patience);
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(
            new()
            {
                ExecutablePath = Programs.Find(Program),
                Headless = true,
                Args = Quiet,
            }
        );
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }

    /// <summary>Closes all pages: the console's pages ask for news as long as they are open.</summary>
    public async Task ClosePagesAsync()
    {
        foreach (var context in browser.Contexts.ToList())
        {
            await context.CloseAsync();
        }
    }

    /// <summary>A page in its own context, which shares nothing with other pages.</summary>
    public async Task<IPage> PageAsync(
        Uri console,
        int width = 1280,
        ColorScheme scheme = ColorScheme.Light,
        bool scripts = true
    )
    {
        var context = await browser.NewContextAsync(
            new()
            {
                BaseURL = console.ToString(),
                ViewportSize = new() { Width = width, Height = 900 },
                ColorScheme = scheme,
                Locale = "en-US",
                TimezoneId = "UTC",
                ReducedMotion = ReducedMotion.Reduce,
                JavaScriptEnabled = scripts,
                // The tests' own TLS proxy has a self-made certificate.
                IgnoreHTTPSErrors = true,
            }
        );
        context.SetDefaultTimeout(Patience);
        return await context.NewPageAsync();
    }
}

/// <summary>Tests that close their pages.</summary>
public abstract class BrowserTests(Browser browser) : IAsyncLifetime
{
    protected Browser Browser => browser;

    /// <inheritdoc/>
    public Task InitializeAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public Task DisposeAsync() => browser.ClosePagesAsync();
}

/// <summary>A test that needs the browser; skipped with the reason if it is not installed.</summary>
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() =>
        Skip = Programs.Find(Browser.Program) is null
            ? $"{Browser.Program} is not on PATH (`./plumb test` installs it)."
            : null;
}
