using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Plumbline.WebConsole.People;

namespace Plumbline.WebConsole.Components;

/// <summary>The data of every page: address, user, the last form's result, and the token for its forms.</summary>
public sealed class PageFrame
{
    private const string SaidCookie = "plumbline-said";

    public PageFrame(IHttpContextAccessor accessor, IAntiforgery antiforgery)
    {
        var context = accessor.HttpContext!;
        Project = context.GetRouteValue("project") as string;
        Path = context.Request.Path;
        Query = context.Request.QueryString.Value ?? "";
        User = context.User.Identity?.Name;
        Role = Enum.TryParse<UserRole>(context.User.FindFirstValue(ClaimTypes.Role), out var role) ? role : null;
        Token = antiforgery.GetAndStoreTokens(context).RequestToken!;
        if (context.Request.Cookies.TryGetValue(SaidCookie, out var said) && HttpMethods.IsGet(context.Request.Method))
        {
            Said = said;
            context.Response.Cookies.Delete(SaidCookie);
        }
    }

    /// <summary>The project of the address; null on pages without a project.</summary>
    public string? Project { get; }

    public string Path { get; }

    /// <summary>The query after the path, with its question mark; empty without a query.</summary>
    public string Query { get; }

    /// <summary>The name of the user who is signed in; null without a session.</summary>
    public string? User { get; }

    public UserRole? Role { get; }

    /// <summary>The result of the last form; shown once.</summary>
    public string? Said { get; }

    public string Token { get; }

    /// <summary>True if the user may answer about predictions.</summary>
    public bool IsReviewer => Role is UserRole.Reviewer or UserRole.Approver;

    /// <summary>True if the user may decide about versions and start trainings.</summary>
    public bool IsApprover => Role is UserRole.Approver;

    /// <summary>The rendered page, with this frame among its parameters.</summary>
    public IResult Render<TPage>(object parameters, int status = StatusCodes.Status200OK)
        where TPage : IComponent
    {
        var all = new RouteValueDictionary(parameters) { ["Frame"] = this };
        return new RazorComponentResult<TPage>(all.ToDictionary(pair => pair.Key, pair => pair.Value))
        {
            StatusCode = status,
        };
    }

    /// <summary>After a form: redirects to a page, which shows the form's result once.</summary>
    public static IResult Done(HttpContext context, string page, string said)
    {
        context.Response.Cookies.Append(
            SaidCookie,
            said,
            new CookieOptions
            {
                HttpOnly = true,
                Secure = context.Request.IsHttps,
                SameSite = SameSiteMode.Strict,
                MaxAge = TimeSpan.FromMinutes(1),
            }
        );
        return Go(page);
    }

    /// <summary>After a form: redirects to a page.</summary>
    public static IResult Go(string page) => new SeeOther(page);

    /// <summary>Status 303 makes the next request a GET, whatever this one was.</summary>
    private sealed class SeeOther(string page) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = page;
            return Task.CompletedTask;
        }
    }
}
