using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Plumbline.WebConsole.Http;

namespace Plumbline.WebConsole.People;

/// <summary>Signing in at an OpenID Connect provider (code flow, PKCE); refuses people without a role.</summary>
internal static class OpenIdSignIn
{
    /// <summary>The claim that marks the sessions of a provider.</summary>
    public const string Mark = "openid";

    public static void Configure(OpenIdConnectOptions options, OpenIdProvider provider)
    {
        options.Authority = provider.Authority.ToString().TrimEnd('/');
        options.ClientId = provider.ClientId;
        options.ClientSecret = provider.ClientSecret;
        options.RequireHttpsMetadata = !provider.Authority.IsLoopback;
        options.ResponseType = OpenIdConnectResponseType.Code;
        // A form post from another site would need cookies that browsers send across sites.
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.UsePkce = true;
        options.MapInboundClaims = false;
        options.Scope.Add("email");
        options.CorrelationCookie.SameSite = SameSiteMode.Lax;
        options.CorrelationCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.NonceCookie.SameSite = SameSiteMode.Lax;
        options.NonceCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.Events.OnTokenValidated = context =>
        {
            context.Principal = Person(context.Principal!, provider);
            return Task.CompletedTask;
        };
        options.Events.OnRemoteFailure = context =>
            throw context.Failure?.GetBaseException() as PageException
                ?? new PageException(
                    StatusCodes.Status403Forbidden,
                    "The sign-in failed",
                    $"{provider.Authority.Host} said: {context.Failure?.Message}"
                );
    }

    private static ClaimsPrincipal Person(ClaimsPrincipal theirs, OpenIdProvider provider)
    {
        var name = theirs.FindFirstValue(provider.NameClaim) ?? theirs.FindFirstValue("sub")!;
        var roles = theirs
            .FindAll(provider.RoleClaim)
            .Select(claim =>
                Enum.TryParse<UserRole>(claim.Value, ignoreCase: true, out var role) ? role : (UserRole?)null
            )
            .ToList();
        if (roles.Max() is not { } highest)
        {
            throw new PageException(
                StatusCodes.Status403Forbidden,
                "You have no role here",
                $"{name} has none of viewer, reviewer and approver in the claim '{provider.RoleClaim}' of {provider.Authority.Host}."
            );
        }

        return new ClaimsPrincipal(
            new ClaimsIdentity(
                [
                    // Recorded acts have a space between the ARN and the user.
                    new Claim(ClaimTypes.Name, name.Replace(' ', '_')),
                    new Claim(ClaimTypes.Role, highest.ToString()),
                    new Claim(Mark, provider.Authority.Host),
                ],
                OpenIdConnectDefaults.AuthenticationScheme
            )
        );
    }
}
