using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Plumbline.Loop.Retraining;
using Plumbline.WebConsole.Components;
using Plumbline.WebConsole.Projects;

namespace Plumbline.WebConsole.Pages.Retraining;

/// <summary>Shows why a training was or was not started, what may start the next one, and the labels wanted.</summary>
internal static class RetrainingPages
{
    private const int ShownDecisions = 50;

    public static void MapRetraining(this IEndpointRouteBuilder routes) =>
        routes.MapGet(
            "/{project}/retraining",
            async (CurrentLoop current, PageFrame frame, CancellationToken cancellationToken) =>
            {
                var loop = await current.GetAsync(cancellationToken);
                var acts = await loop.History.ReadAsync(cancellationToken: cancellationToken);
                return frame.Render<RetrainingPage>(
                    new
                    {
                        Outlook = await RetrainingOutlook.ReadAsync(loop, cancellationToken),
                        Decisions = acts.Reverse()
                            .Where(entry => entry.Act.What == "retrain")
                            .Take(ShownDecisions)
                            .ToList(),
                    }
                );
            }
        );
}
