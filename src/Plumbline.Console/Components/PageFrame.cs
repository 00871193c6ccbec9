using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Plumbline.WebConsole.People;

namespace Plumbline.WebConsole.Components;

/// <summary>The facts that every page has: its address, its person, the result of the last form, and the token of its forms.</summary>
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
        Role = Enum.TryParse<Role>(context.User.FindFirstValue(ClaimTypes.Role), out var role) ? role : null;
        Token = antiforgery.GetAndStoreTokens(context).RequestToken!;
        if (context.Request.Cookies.TryGetValue(SaidCookie, out var said) && HttpMethods.IsGet(context.Request.Method))
        {
            Said = said;
            context.Response.Cookies.Delete(SaidCookie);
        }
    }

    /// <summary>The project of the address; null on pages of none.</summary>
    public string? Project { get; }

    /// <summary>The page's path.</summary>
    public string Path { get; }

    /// <summary>The query after the path, with its question mark; empty where there is none.</summary>
    public string Query { get; }

    /// <summary>Who is signed in; null where nobody is.</summary>
    public string? User { get; }

    /// <summary>Their role.</summary>
    public Role? Role { get; }

    /// <summary>The result of the last form; shown once.</summary>
    public string? Said { get; }

    /// <summary>The antiforgery token.</summary>
    public string Token { get; }

    /// <summary>True where the person may say what is true.</summary>
    public bool IsReviewer => Role is People.Role.Reviewer or People.Role.Approver;

    /// <summary>True where the person may decide.</summary>
    public bool IsApprover => Role is People.Role.Approver;

    /// <summary>The page as an answer, with this frame among its parameters.</summary>
    public IResult Render<TPage>(object parameters, int status = StatusCodes.Status200OK)
        where TPage : IComponent
    {
        var all = new RouteValueDictionary(parameters) { ["Frame"] = this };
        return new RazorComponentResult<TPage>(all.ToDictionary(pair => pair.Key, pair => pair.Value))
        {
            StatusCode = status,
        };
    }

    /// <summary>After a form: back to a page, which says once what it came to.</summary>
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

    /// <summary>After a form: on to a page.</summary>
    public static IResult Go(string page) => new SeeOther(page);

    /// <summary>303: the next request is a GET, whatever this one was.</summary>
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
