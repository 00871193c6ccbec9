using Plumbline.Records;

namespace Plumbline.WebConsole;

/// <summary>Any OpenID Connect provider, such as Amazon Cognito or IAM Identity Center.</summary>
/// <param name="Authority">Its address; <c>/.well-known/openid-configuration</c> below it says the rest.</param>
/// <param name="ClientId">What it knows this console as.</param>
/// <param name="ClientSecret">The secret that goes with it.</param>
/// <param name="RoleClaim">The claim whose value is viewer, reviewer or approver; the highest of several counts.</param>
/// <param name="NameClaim">The claim that is shown and recorded as who acted.</param>
public sealed record OpenIdProvider(
    Uri Authority,
    string ClientId,
    string ClientSecret,
    string RoleClaim,
    string NameClaim
)
{
    private const string Prefix = "PLUMBLINE_OIDC_";

    /// <summary>As the environment describes it; null where it names none.</summary>
    /// <param name="read">Reads a variable.</param>
    /// <exception cref="UserError">It names one, and not all that is needed.</exception>
    public static OpenIdProvider? FromEnvironment(Func<string, string?> read)
    {
        if (read(Prefix + "AUTHORITY") is not { Length: > 0 } authority)
        {
            return null;
        }

        return new OpenIdProvider(
            Uri.TryCreate(authority, UriKind.Absolute, out var address)
                ? address
                : throw new UserError(Prefix + "AUTHORITY", $"'{authority}' is no address"),
            Needed("CLIENT_ID"),
            Needed("CLIENT_SECRET"),
            read(Prefix + "ROLE_CLAIM") ?? "roles",
            read(Prefix + "NAME_CLAIM") ?? "email"
        );

        string Needed(string name) =>
            read(Prefix + name) is { Length: > 0 } value
                ? value
                : throw new UserError(Prefix + name, $"is needed beside {Prefix}AUTHORITY");
    }
}
