using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Plumbline.WebConsole.Pages.Backtests;
using Plumbline.WebConsole.Pages.Data;
using Plumbline.WebConsole.Pages.Endpoint;
using Plumbline.WebConsole.Pages.History;
using Plumbline.WebConsole.Pages.Home;
using Plumbline.WebConsole.Pages.Models;
using Plumbline.WebConsole.Pages.Projects;
using Plumbline.WebConsole.Pages.Quality;
using Plumbline.WebConsole.Pages.Review;
using Plumbline.WebConsole.Pages.Runs;

namespace Plumbline.WebConsole.Pages;

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
        routes.MapContent();
        routes.MapQuality();
        routes.MapBacktests();
        routes.MapData();
        routes.MapHistory();
    }
}
