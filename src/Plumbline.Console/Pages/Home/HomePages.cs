using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plumbline.Loop;
using Plumbline.Loop.GroundTruth;
using Plumbline.Loop.Retraining;
using Plumbline.WebConsole.Components;
using Plumbline.WebConsole.Projects;

namespace Plumbline.WebConsole.Pages.Home;

/// <summary>The project's home.</summary>
internal static class HomePages
{
    public static void MapHome(this IEndpointRouteBuilder routes) =>
        routes.MapGet(
            "/{project}/",
            async (CurrentLoop current, PageFrame frame, CancellationToken cancellationToken) =>
            {
                var loop = await current.GetAsync(cancellationToken);
                var status = await LoopStatus.ReadAsync(loop, cancellationToken);
                var progress = await ProgressAsync(loop, cancellationToken);
                return frame.Render<HomePage>(
                    new
                    {
                        Status = status,
                        Stages = LoopStage.Of(status, progress),
                        Next = NextStep.Of(status, progress),
                    }
                );
            }
        );

    private static async Task<ReviewProgress> ProgressAsync(LoopContext loop, CancellationToken cancellationToken)
    {
        var reviews = new Reviews(loop);
        return new ReviewProgress(
            (await reviews.AuditListAsync(cancellationToken)).Count,
            (await reviews.UncertainListAsync(cancellationToken)).Count,
            await new NewLabels(loop).CountAsync(cancellationToken),
            loop.Project.Retraining.MinNewLabels
        );
    }
}
