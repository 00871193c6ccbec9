using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Plumbline.Console.Pages.History;
using Plumbline.Console.Pages.Home;
using Plumbline.Console.Pages.Projects;

namespace Plumbline.Console.Pages;

/// <summary>All pages; each folder has its own.</summary>
internal static class PageEndpoints
{
    public static void MapPages(this IEndpointRouteBuilder routes)
    {
        routes.MapProjects();
        routes.MapHome();
        routes.MapHistory();
    }
}
