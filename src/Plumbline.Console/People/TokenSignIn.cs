using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Plumbline.WebConsole.People;

/// <summary>
/// Signs a program in by the header <c>Authorization: Bearer TOKEN</c>. A browser never sends this header by itself, so
/// these requests need no antiforgery token; a session's cookie opens none of their addresses.
/// </summary>
internal sealed class TokenSignIn(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logs,
    UrlEncoder encoder,
    TokenStore tokens
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    /// <summary>The name of the scheme, and of the policy that asks for it alone.</summary>
    public const string Name = "Bearer";

    /// <summary>The name of a program begins with this, which a user's name cannot.</summary>
    private const string Program = "token:";

    /// <summary>Addresses for programs, and for no browser.</summary>
    public static void AddPolicy(AuthorizationOptions options) =>
        options.AddPolicy(
            Name,
            policy => policy.AddAuthenticationSchemes(Name).RequireAuthenticatedUser().RequireRole(Roles.Reviewer)
        );

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith($"{Name} ", StringComparison.OrdinalIgnoreCase))
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        if (tokens.NameOf(header[Name.Length..].Trim()) is not { } name)
        {
            return Task.FromResult(AuthenticateResult.Fail("The token is unknown or removed."));
        }

        var identity = new ClaimsIdentity(
            [new Claim(ClaimTypes.Name, Program + name), new Claim(ClaimTypes.Role, Roles.Reviewer)],
            Name
        );
        return Task.FromResult(AuthenticateResult.Success(new(new ClaimsPrincipal(identity), Name)));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate = Name;
        return Response.WriteAsJsonAsync(
            new
            {
                message = "The token is missing, unknown or removed: send the header Authorization: Bearer TOKEN with a token of `plumb token add NAME`.",
            }
        );
    }
}
