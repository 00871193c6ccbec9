using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plumbline.Loop.Status;
using Plumbline.WebConsole.Captures;
using Plumbline.WebConsole.Components;
using Plumbline.WebConsole.Pages.Review;
using Plumbline.WebConsole.Projects;

namespace Plumbline.WebConsole.Pages.Home;

/// <summary>The home page of a project.</summary>
internal static class HomePages
{
    public static void MapHome(this IEndpointRouteBuilder routes) =>
        routes.MapGet(
            "/{project}/",
            async (CurrentLoop current, CaptureIndexes indexes, PageFrame frame, CancellationToken cancellationToken) =>
            {
                var loop = await current.GetAsync(cancellationToken);
                var status = await LoopStatus.ReadAsync(loop, cancellationToken);
                var index = await indexes.OfAsync(loop, cancellationToken);
                var lists = await ReviewLists.ReadAsync(loop, index, cancellationToken);
                var progress = ReviewProgress.Of(lists, loop.Project.Retraining.MinNewLabels);
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
}
