using Plumbline.Records;

namespace Plumbline.WebConsole;

/// <summary>Any OpenID Connect provider, such as Amazon Cognito or IAM Identity Center.</summary>
/// <param name="Authority">The provider's URL; <c>/.well-known/openid-configuration</c> below it has the rest.</param>
/// <param name="ClientId">The console's id at the provider.</param>
/// <param name="ClientSecret">The secret of that id.</param>
/// <param name="RoleClaim">The claim with viewer, reviewer or approver; the highest of several counts.</param>
/// <param name="NameClaim">The claim with the person's name, which is shown and recorded.</param>
public sealed record OpenIdProvider(
    Uri Authority,
    string ClientId,
    string ClientSecret,
    string RoleClaim,
    string NameClaim
)
{
    private const string Prefix = "PLUMBLINE_OIDC_";

    /// <summary>The provider that the environment describes; null if it names none.</summary>
    /// <param name="read">Reads an environment variable.</param>
    /// <exception cref="UserError">The environment names a provider, but a variable is missing or invalid.</exception>
    public static OpenIdProvider? FromEnvironment(Func<string, string?> read)
    {
        if (read(Prefix + "AUTHORITY") is not { Length: > 0 } authority)
        {
            return null;
        }

        return new OpenIdProvider(
            Uri.TryCreate(authority, UriKind.Absolute, out var address)
                ? address
                : throw new UserError(
                    Prefix + "AUTHORITY",
                    $"'{authority}' is not a URL: write it as https://login.example.org"
                ),
            Needed("CLIENT_ID"),
            Needed("CLIENT_SECRET"),
            read(Prefix + "ROLE_CLAIM") ?? "roles",
            read(Prefix + "NAME_CLAIM") ?? "email"
        );

        string Needed(string name) =>
            read(Prefix + name) is { Length: > 0 } value
                ? value
                : throw new UserError(Prefix + name, $"is missing, and {Prefix}AUTHORITY needs it");
    }
}
