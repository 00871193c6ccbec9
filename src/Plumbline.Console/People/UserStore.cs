using System.Text.RegularExpressions;
using Dapper;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Plumbline.Records;

namespace Plumbline.WebConsole.People;

/// <summary>The users of a local console, in a small SQLite file that only its owner may read.</summary>
public sealed partial class UserStore
{
    private const int ShortestPassword = 8;
    private const int LongestPassword = 1024;

    // OWASP's rounds of PBKDF2 with SHA-512. https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html
    private static readonly PasswordHasher<User> Hasher = new(
        Options.Create(new PasswordHasherOptions { IterationCount = 210_000 })
    );

    /// <summary>Checked for an unknown name, so that the time of an answer does not reveal names.</summary>
    private static readonly User Nobody = new("", UserRole.Viewer, Hasher.HashPassword(null!, "nobody"), "", default);

    private readonly PeopleFile file;

    /// <summary>Opens the file in a folder; creates both if they are missing.</summary>
    /// <exception cref="UserError">The file is not a readable database.</exception>
    public UserStore(string folder) => file = new PeopleFile(folder);

    /// <summary>All users by name.</summary>
    public IReadOnlyList<User> List()
    {
        using var connection = Open();
        return
        [
            .. connection
                .Query<Row>("SELECT name, role, hash, stamp, created FROM users ORDER BY name")
                .Select(row => row.ToUser()),
        ];
    }

    /// <summary>A user by name; null if the name is unknown.</summary>
    public User? Find(string name)
    {
        using var connection = Open();
        const string Sql = "SELECT name, role, hash, stamp, created FROM users WHERE name = @name";
        return connection.QuerySingleOrDefault<Row>(Sql, new { name })?.ToUser();
    }

    /// <summary>Adds a user, or replaces the password and role of an existing one, whose sessions end.</summary>
    /// <exception cref="UserError">The name or the password is invalid.</exception>
    public User Put(string name, string password, UserRole role, DateTimeOffset now)
    {
        if (!NamePattern().IsMatch(name))
        {
            throw new UserError(name, "a user's name is 1 to 64 letters, digits, '.', '_', '@' or '-'");
        }

        if (password.Length is < ShortestPassword or > LongestPassword)
        {
            throw new UserError("password", $"must have {ShortestPassword} to {LongestPassword} characters");
        }

        var user = new User(name, role, "", Guid.NewGuid().ToString(), now);
        user = user with { Hash = Hasher.HashPassword(user, password) };
        using var connection = Open();
        connection.Execute(
            """
            INSERT INTO users (name, role, hash, stamp, created) VALUES (@Name, @Role, @Hash, @Stamp, @Created)
            ON CONFLICT (name) DO UPDATE SET role = @Role, hash = @Hash, stamp = @Stamp
            """,
            new
            {
                user.Name,
                Role = user.Role.ToString(),
                user.Hash,
                user.Stamp,
                Created = user.Created.ToUnixTimeMilliseconds(),
            }
        );
        return user;
    }

    /// <summary>Removes a user, whose sessions end; false if the name is unknown.</summary>
    public bool Remove(string name)
    {
        using var connection = Open();
        return connection.Execute("DELETE FROM users WHERE name = @name", new { name }) > 0;
    }

    /// <summary>The user with this name and password, else null. Both take the same time.</summary>
    public User? Authenticate(string name, string password)
    {
        var user = Find(name);
        var verdict = Hasher.VerifyHashedPassword(user ?? Nobody, (user ?? Nobody).Hash, password);
        if (user is not null && verdict == PasswordVerificationResult.SuccessRehashNeeded)
        {
            // Hashed with fewer rounds: hash again, unless the password has changed, and keep the sessions.
            using var connection = Open();
            connection.Execute(
                "UPDATE users SET hash = @Anew WHERE name = @Name AND hash = @Hash",
                new
                {
                    Anew = Hasher.HashPassword(user, password),
                    user.Name,
                    user.Hash,
                }
            );
        }

        return verdict == PasswordVerificationResult.Failed ? null : user;
    }

    private SqliteConnection Open() => file.Open();

    [GeneratedRegex("^[A-Za-z0-9._@-]{1,64}$")]
    private static partial Regex NamePattern();

    private sealed record Row(string Name, string Role, string Hash, string Stamp, long Created)
    {
        public User ToUser() =>
            new(Name, Enum.Parse<UserRole>(Role), Hash, Stamp, DateTimeOffset.FromUnixTimeMilliseconds(Created));
    }
}
