using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.WebConsole.Http;

namespace Plumbline.WebConsole.People;

/// <summary>Sessions by a cookie that scripts cannot read and other sites cannot send.</summary>
internal static class Sessions
{
    private const string StampClaim = "stamp";
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    public static void AddPeople(this IServiceCollection services, ConsoleOptions options)
    {
        services.AddSingleton(new UserStore(options.Folder)).AddSingleton(new TokenStore(options.Folder));
        services.AddSingleton<SignInLimits>();
        services.AddSingleton<KnownDevices>();
        var keys = Directory.CreateDirectory(
            Path.Combine(options.Folder, "console-keys"),
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        );
        KeyFiles.SetDamagedAside(keys);
        KeyCertificate.RemoveUnencrypted(keys);
        services
            .AddDataProtection()
            .PersistKeysToFileSystem(keys)
            .ProtectKeysWithCertificate(KeyCertificate.Open(options.Folder))
            .SetApplicationName("plumbline-console");
        services.AddAntiforgery(antiforgery =>
        {
            antiforgery.Cookie.Name = "plumbline-form";
            antiforgery.Cookie.SameSite = SameSiteMode.Strict;
            antiforgery.Cookie.HttpOnly = true;
            antiforgery.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            antiforgery.FormFieldName = "token";
            antiforgery.HeaderName = null;
            antiforgery.SuppressXFrameOptionsHeader = true;
        });
        var authentication = services
            .AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme)
            .AddCookie(cookie =>
            {
                cookie.Cookie.Name = "plumbline-session";
                cookie.Cookie.HttpOnly = true;
                cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
                // A provider redirects the browser here from another site.
                cookie.Cookie.SameSite = options.OpenId is null ? SameSiteMode.Strict : SameSiteMode.Lax;
                cookie.ExpireTimeSpan = Lifetime;
                cookie.SlidingExpiration = true;
                cookie.LoginPath = "/sign-in";
                cookie.ReturnUrlParameter = "back";
                cookie.Events.OnValidatePrincipal = CheckAsync;
                cookie.Events.OnRedirectToLogin = RedirectToSignIn;
                // SignInAsync alone decides where a sign-in leads, not the address of its form.
                cookie.Events.OnRedirectToReturnUrl = _ => Task.CompletedTask;
                cookie.Events.OnRedirectToAccessDenied = _ =>
                    throw new PageException(
                        StatusCodes.Status403Forbidden,
                        "Your role does not allow this",
                        "It needs a reviewer or an approver. The person who runs this console can give you another role: plumb user add NAME --role ..."
                    );
            });
        if (options.OpenId is { } provider)
        {
            authentication.AddOpenIdConnect(openId => OpenIdSignIn.Configure(openId, provider));
        }

        authentication.AddScheme<AuthenticationSchemeOptions, TokenSignIn>(TokenSignIn.Name, null);
        services.AddAuthorization(Roles.Add);
    }

    public static Task SignInAsync(HttpContext context, User user)
    {
        var identity = new ClaimsIdentity(
            [
                new Claim(ClaimTypes.Name, user.Name),
                new Claim(ClaimTypes.Role, user.Role.ToString()),
                new Claim(StampClaim, user.Stamp),
            ],
            CookieAuthenticationDefaults.AuthenticationScheme
        );
        return context.SignInAsync(new ClaimsPrincipal(identity));
    }

    /// <summary>Redirects by a path alone, so that the browser keeps its scheme and host behind any proxy.</summary>
    private static Task RedirectToSignIn(RedirectContext<CookieAuthenticationOptions> context)
    {
        var request = context.Request;
        var back = Uri.EscapeDataString($"{request.Path}{request.QueryString}");
        context.Response.Redirect($"/sign-in?back={back}");
        return Task.CompletedTask;
    }

    /// <summary>Ends the session of a user who was removed, or got another password or role.</summary>
    private static async Task CheckAsync(CookieValidatePrincipalContext context)
    {
        if (context.Principal!.HasClaim(claim => claim.Type == OpenIdSignIn.Mark))
        {
            // The provider's claims count until the session ends.
            return;
        }

        var users = context.HttpContext.RequestServices.GetRequiredService<UserStore>();
        var user = users.Find(context.Principal.Identity?.Name ?? "");
        if (user is null || user.Stamp != context.Principal.FindFirstValue(StampClaim))
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync();
        }
    }
}
