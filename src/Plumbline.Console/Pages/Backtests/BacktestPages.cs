using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plumbline.Loop.Backtests;
using Plumbline.WebConsole.Components;
using Plumbline.WebConsole.Http;
using Plumbline.WebConsole.Projects;

namespace Plumbline.WebConsole.Pages.Backtests;

/// <summary>Shows the stored reports of <c>plumb backtest --store</c>.</summary>
internal static class BacktestPages
{
    public static void MapBacktests(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/{project}/backtests", ShowAsync);

    private static async Task<IResult> ShowAsync(
        string? report,
        CurrentLoop current,
        PageFrame frame,
        CancellationToken cancellationToken
    )
    {
        var loop = await current.GetAsync(cancellationToken);
        var stored = new StoredBacktests(loop.Bucket);
        var names = await stored.NamesAsync(cancellationToken);
        // Only known names: the address must not lead to another key.
        if (report is not null && !names.Contains(report))
        {
            throw PageException.NotFound($"The backtest '{report}'");
        }
        var chosen = report ?? names.FirstOrDefault();
        return frame.Render<BacktestsPage>(
            new
            {
                Names = names,
                Chosen = chosen,
                Report = chosen is null ? null : await stored.FindAsync(chosen, cancellationToken),
            }
        );
    }
}
