using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plumbline.WebConsole.Components;

namespace Plumbline.WebConsole.Pages.Projects;

/// <summary>The start page: the projects of the cloud, or the only project.</summary>
internal static class ProjectPages
{
    public static void MapProjects(this IEndpointRouteBuilder routes) =>
        routes.MapGet(
            "/",
            async (
                global::Plumbline.Loop.Status.Projects projects,
                PageFrame frame,
                CancellationToken cancellationToken
            ) =>
            {
                var names = await projects.NamesAsync(cancellationToken);
                return names is [var only]
                    ? Results.Redirect($"/{only}/")
                    : frame.Render<ProjectsPage>(new { Names = names });
            }
        );
}
