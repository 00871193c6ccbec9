using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Dapper;
using Plumbline.Records;

namespace Plumbline.WebConsole.People;

/// <summary>A token with which a program may deliver truths.</summary>
/// <param name="Name">The program's name, which the history shows; unique, whatever its case.</param>
/// <param name="Created">When the token was added, UTC.</param>
public sealed record ApiToken(string Name, DateTimeOffset Created);

/// <summary>
/// The tokens of the console's API, next to its users. A token is 256 random bits, so its plain SHA-256 cannot be
/// reversed; only that is stored.
/// </summary>
public sealed partial class TokenStore
{
    private const string Start = "plumb_";
    private const int Bytes = 32;

    private readonly PeopleFile file;

    /// <summary>Opens the file in a folder; creates both if they are missing.</summary>
    /// <exception cref="UserError">The file is not a readable database.</exception>
    public TokenStore(string folder) => file = new PeopleFile(folder);

    /// <summary>All tokens by name.</summary>
    public IReadOnlyList<ApiToken> List()
    {
        using var connection = file.Open();
        return
        [
            .. connection
                .Query<(string Name, long Created)>("SELECT name, created FROM tokens ORDER BY name")
                .Select(row => new ApiToken(row.Name, DateTimeOffset.FromUnixTimeMilliseconds(row.Created))),
        ];
    }

    /// <summary>Makes a token and stores its hash.</summary>
    /// <returns>The token itself, which is not stored.</returns>
    /// <exception cref="UserError">The name is invalid, or a token has it.</exception>
    public string Add(string name, DateTimeOffset now)
    {
        if (!NamePattern().IsMatch(name))
        {
            throw new UserError(name, "a token's name is 1 to 64 letters, digits, '.', '_', '@' or '-'");
        }

        var token = Start + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));
        using var connection = file.Open();
        var added = connection.Execute(
            "INSERT INTO tokens (name, hash, created) VALUES (@name, @hash, @created) ON CONFLICT DO NOTHING",
            new
            {
                name,
                hash = Hash(token),
                created = now.ToUnixTimeMilliseconds(),
            }
        );
        return added == 1
            ? token
            : throw new UserError(
                name,
                "a token has this name: remove it first (`plumb token remove`), or choose another"
            );
    }

    /// <summary>Removes a token, which opens nothing from then on; false if the name is unknown.</summary>
    public bool Remove(string name)
    {
        using var connection = file.Open();
        return connection.Execute("DELETE FROM tokens WHERE name = @name", new { name }) > 0;
    }

    /// <summary>The name of a token; null if it was never added or is removed.</summary>
    public string? NameOf(string token)
    {
        using var connection = file.Open();
        return connection.ExecuteScalar<string?>(
            "SELECT name FROM tokens WHERE hash = @hash",
            new { hash = Hash(token) }
        );
    }

    private static string Hash(string token) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    [GeneratedRegex("^[A-Za-z0-9._@-]{1,64}$")]
    private static partial Regex NamePattern();
}
