using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plumbline.WebConsole.Components;
using Plumbline.WebConsole.Http;
using Plumbline.WebConsole.Pages.SignIn;
using Plumbline.WebConsole.People;

namespace Plumbline.WebConsole.Pages;

/// <summary>Signing in and out.</summary>
internal static class SignInEndpoints
{
    public static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        routes
            .MapGet(
                "/sign-in",
                (string? back, UserStore users, ConsoleOptions options, PageFrame frame) =>
                    Page(frame, users, options, back, "", null)
            )
            .AllowAnonymous();
        routes.MapPost("/sign-in", SignInAsync).AllowAnonymous();
        routes
            .MapGet(
                "/sign-in/openid",
                (string? back, ConsoleOptions options) =>
                    options.OpenId is null
                        ? Results.NotFound()
                        : Results.Challenge(
                            new AuthenticationProperties { RedirectUri = LocalPath.Of(back) },
                            [OpenIdConnectDefaults.AuthenticationScheme]
                        )
            )
            .AllowAnonymous();
        routes
            .MapPost(
                "/sign-out",
                async (HttpContext context) =>
                {
                    await context.SignOutAsync();
                    return Results.Redirect("/sign-in");
                }
            )
            .AllowAnonymous();
    }

    private static async Task<IResult> SignInAsync(
        HttpContext context,
        UserStore users,
        SignInLimits limits,
        KnownDevices devices,
        ConsoleOptions options,
        PageFrame frame
    )
    {
        if (options.OpenId is { } provider)
        {
            throw new PageException(
                404,
                "This console does not use passwords",
                $"Sign in at {provider.Authority.Host}."
            );
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var (name, back) = (form["name"].ToString().Trim(), form["back"].ToString());
        var (allowed, user) = await limits.TryAsync(
            name,
            form["password"].ToString(),
            $"{context.Connection.RemoteIpAddress}",
            devices.Find(context, name),
            context.RequestAborted
        );
        if (!allowed)
        {
            context.Response.Headers.RetryAfter = $"{(int)SignInLimits.Window.TotalSeconds}";
            throw new PageException(
                StatusCodes.Status429TooManyRequests,
                "Too many tries",
                $"Wait {SignInLimits.Window.TotalMinutes:0} minutes, then try again."
            );
        }

        if (user is null)
        {
            return Page(frame, users, options, back, name, "The name or the password is wrong.");
        }

        devices.Remember(context, user);
        await Sessions.SignInAsync(context, user);
        return Results.Redirect(LocalPath.Of(back));
    }

    private static IResult Page(
        PageFrame frame,
        UserStore users,
        ConsoleOptions options,
        string? back,
        string name,
        string? problem
    ) =>
        frame.Render<SignInPage>(
            new
            {
                Back = back ?? "/",
                Name = name,
                Problem = problem,
                IsFirst = users.List().Count == 0,
                Provider = options.OpenId?.Authority.Host,
            },
            problem is null ? StatusCodes.Status200OK : StatusCodes.Status401Unauthorized
        );
}
