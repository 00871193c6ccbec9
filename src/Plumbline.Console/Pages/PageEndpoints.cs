using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Plumbline.Console.Pages.Data;
using Plumbline.Console.Pages.Endpoint;
using Plumbline.Console.Pages.History;
using Plumbline.Console.Pages.Home;
using Plumbline.Console.Pages.Models;
using Plumbline.Console.Pages.Projects;
using Plumbline.Console.Pages.Quality;
using Plumbline.Console.Pages.Review;
using Plumbline.Console.Pages.Runs;

namespace Plumbline.Console.Pages;

/// <summary>All pages; each folder has its own.</summary>
internal static class PageEndpoints
{
    public static void MapPages(this IEndpointRouteBuilder routes)
    {
        routes.MapProjects();
        routes.MapHome();
        routes.MapRuns();
        routes.MapModels();
        routes.MapEndpoint();
        routes.MapReview();
        routes.MapQuality();
        routes.MapData();
        routes.MapHistory();
    }
}
