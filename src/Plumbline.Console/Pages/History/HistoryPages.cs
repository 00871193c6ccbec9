using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plumbline.Loop.GroundTruth;
using Plumbline.Loop.Home;
using Plumbline.WebConsole.Components;
using Plumbline.WebConsole.Projects;

namespace Plumbline.WebConsole.Pages.History;

/// <summary>Shows who did what, when and why, and the outcome.</summary>
internal static class HistoryPages
{
    public static void MapHistory(this IEndpointRouteBuilder routes) =>
        routes.MapGet(
            "/{project}/history",
            async (
                string? what,
                string? text,
                CurrentLoop current,
                PageFrame frame,
                CancellationToken cancellationToken
            ) =>
            {
                var loop = await current.GetAsync(cancellationToken);
                var all = await WholeHistory.ReadAsync(loop, cancellationToken);
                return frame.Render<HistoryPage>(
                    new
                    {
                        What = what,
                        Text = text,
                        Kinds = all.Select(entry => entry.Act.What).Distinct().Order().ToList(),
                        Entries = all.Reverse().Where(entry => Fits(entry, what, text)).ToList(),
                    }
                );
            }
        );

    private static bool Fits(HistoryEntry entry, string? what, string? text) =>
        (string.IsNullOrEmpty(what) || entry.Act.What == what)
        && (
            string.IsNullOrEmpty(text)
            || $"{entry.Act.Who} {entry.Act.Subject} {entry.Act.Why} {entry.Outcome?.Detail}".Contains(
                text,
                StringComparison.OrdinalIgnoreCase
            )
        );
}
