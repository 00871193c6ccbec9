using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Plumbline.Aws.Signing;

/// <summary>
/// User name and password with which git signs in to CodeCommit over HTTPS: SigV4 over a request with method
/// <c>GIT</c>, as <c>aws codecommit credential-helper</c> makes them.
/// </summary>
public static class GitCredential
{
    private const string TimeFormat = "yyyyMMdd'T'HHmmss";
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(15);

    /// <summary>The access key id, followed by a percent sign and the session token if there is one.</summary>
    public static string UserName(SigningCredentials credentials) =>
        credentials.SessionToken is { } token ? $"{credentials.AccessKeyId}%{token}" : credentials.AccessKeyId;

    /// <summary>The password for a repository's URL.</summary>
    /// <param name="host">The host, without its port.</param>
    /// <param name="path">Such as <c>/v1/repos/digits</c>.</param>
    /// <param name="region">Such as us-east-1.</param>
    /// <param name="time">The current time; a password is valid for 15 minutes.</param>
    public static string Password(
        SigningCredentials credentials,
        string host,
        string path,
        string region,
        DateTimeOffset time
    )
    {
        var stamp = time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);
        return $"{stamp}Z{Signature(credentials.SecretAccessKey, host, path, region, stamp)}";
    }

    /// <summary>True if the key's holder made the password, and it has not expired.</summary>
    public static bool Verify(
        SigningCredentials credentials,
        string password,
        string host,
        string path,
        string region,
        DateTimeOffset now
    )
    {
        var parts = password.Split('Z', 2);
        if (
            parts.Length != 2
            || !DateTimeOffset.TryParseExact(
                parts[0],
                TimeFormat,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out var time
            )
            || (now - time).Duration() > Skew
        )
        {
            return false;
        }

        var expected = Signature(credentials.SecretAccessKey, host, path, region, parts[0]);
        return CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(expected),
            Encoding.UTF8.GetBytes(parts[1])
        );
    }

    private static string Signature(string secret, string host, string path, string region, string stamp)
    {
        var scope = $"{stamp[..8]}/{region}/codecommit/aws4_request";
        var canonical = $"GIT\n{path}\n\nhost:{host}\n\nhost\n";
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)));
        var toSign = $"AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{hash}";
        return Convert.ToHexStringLower(
            HMACSHA256.HashData(SigningKeys.For(secret, scope), Encoding.UTF8.GetBytes(toSign))
        );
    }
}
