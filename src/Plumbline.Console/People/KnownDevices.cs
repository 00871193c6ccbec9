using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace Plumbline.WebConsole.People;

/// <summary>
/// Recognizes browsers in which a user has signed in before, by a cookie that is bound to the user and the password of
/// that time. Wrong passwords from elsewhere do not lock a known device out.
/// </summary>
internal sealed class KnownDevices(IDataProtectionProvider protection, UserStore users)
{
    private const string Cookie = "plumbline-device";
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(180);

    private readonly ITimeLimitedDataProtector protector = protection
        .CreateProtector("Plumbline.WebConsole.KnownDevices")
        .ToTimeLimitedDataProtector();

    /// <summary>The id of the device if this user has signed in with it before; otherwise null.</summary>
    public string? Find(HttpContext context, string name)
    {
        if (!context.Request.Cookies.TryGetValue(Cookie, out var text))
        {
            return null;
        }

        try
        {
            return
                protector.Unprotect(text).Split('\n') is [var known, var stamp, var id]
                && known.Equals(name, StringComparison.OrdinalIgnoreCase)
                && users.Find(name)?.Stamp == stamp
                ? id
                : null;
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Remembers the browser of a user who has just signed in.</summary>
    public void Remember(HttpContext context, User user) =>
        context.Response.Cookies.Append(
            Cookie,
            protector.Protect($"{user.Name}\n{user.Stamp}\n{Guid.NewGuid()}", Lifetime),
            new CookieOptions
            {
                HttpOnly = true,
                Secure = context.Request.IsHttps,
                SameSite = SameSiteMode.Strict,
                MaxAge = Lifetime,
                Path = "/sign-in",
            }
        );
}
