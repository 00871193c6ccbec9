using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Loop.Home;
using Plumbline.WebConsole.Components;
using Plumbline.WebConsole.Http;
using Plumbline.WebConsole.Pages.Data;

namespace Plumbline.WebConsole.Projects;

/// <summary>The loop of the address, for the user who is signed in.</summary>
internal sealed class CurrentLoop(Loop.Status.Projects projects, IHttpContextAccessor accessor)
{
    /// <exception cref="PageException">The project does not exist.</exception>
    public async Task<LoopContext> GetAsync(CancellationToken cancellationToken)
    {
        var context = accessor.HttpContext!;
        var name = (string)context.GetRouteValue("project")!;
        var loop =
            await projects.FindAsync(name, cancellationToken) ?? throw PageException.NotFound($"The project '{name}'");
        loop = await loop.WithAddedLabelsAsync(cancellationToken);
        return loop.As(context.User.Identity!.Name!);
    }
}

/// <summary>The services behind pages of projects.</summary>
internal static class ProjectServices
{
    public static void AddProjects(this IServiceCollection services)
    {
        services.AddSingleton<Loop.Status.Projects>();
        services.AddScoped<CurrentLoop>();
        services.AddSingleton<ClassBalance>();
        services.AddScoped<PageFrame>();
    }
}
