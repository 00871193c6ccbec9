using Microsoft.Playwright;
using Plumbline.Testing;

namespace Plumbline.WebConsole.Tests;

/// <summary>
/// Takes the pictures in docs/images again, but only if PLUMBLINE_SCREENSHOTS is set, so that a test run changes no
/// file.
/// </summary>
internal static class Screenshots
{
    public static async Task TakeAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("PLUMBLINE_SCREENSHOTS") is { Length: > 0 } && !name.Contains('/'))
        {
            await page.ScreenshotAsync(
                new()
                {
                    Path = Repository.Path("docs", "images", $"{name}.png"),
                    FullPage = true,
                    Animations = ScreenshotAnimations.Disabled,
                }
            );
        }
    }
}
