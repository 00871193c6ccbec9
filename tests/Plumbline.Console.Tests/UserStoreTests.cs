using Dapper;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Plumbline.Testing;
using Plumbline.WebConsole.People;

namespace Plumbline.WebConsole.Tests;

public sealed class UserStoreTests
{
    private const string Password = "a long password";

    [Fact]
    public void A_password_kept_with_the_rounds_of_before_is_kept_anew_when_it_is_next_said()
    {
        using var folder = new TemporaryFolder();
        var users = new UserStore(folder.Path);
        var made = users.Put("ann", Password, Role.Viewer, DateTimeOffset.UtcNow);
        var weak = new PasswordHasher<User>(
            Options.Create(new PasswordHasherOptions { IterationCount = 100_000 })
        ).HashPassword(made, Password);
        using (var connection = new SqliteConnection($"Data Source={folder.Path}/console-users.db;Pooling=False"))
        {
            connection.Execute("UPDATE users SET hash = @weak", new { weak });
        }

        users.Authenticate("ann", "another password").ShouldBeNull();
        users.Find("ann")!.Hash.ShouldBe(weak);
        users.Authenticate("ann", Password).ShouldNotBeNull();

        var kept = users.Find("ann")!;
        kept.Hash.ShouldNotBe(weak);
        kept.Stamp.ShouldBe(made.Stamp);
        users.Authenticate("ann", Password).ShouldNotBeNull();
    }
}
