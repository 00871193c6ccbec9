using Dapper;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Plumbline.Records;
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
        var made = users.Put("ann", Password, UserRole.Viewer, DateTimeOffset.UtcNow);
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

    [Fact]
    public void A_file_that_is_not_a_database_is_refused_in_one_sentence_with_the_way_out()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At("console-users.db"), new string('x', 8192));

        var refused = Should.Throw<UserError>(() => new UserStore(folder.Path));

        refused.Message.ShouldContain("console-users.db");
        refused.Message.ShouldContain("plumb user add");
        refused.Message.ShouldNotContain("\n");
    }

    [Fact]
    public void A_damaged_key_of_sign_ins_is_set_aside_and_the_others_stay()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At("key-half.xml"), "<key id=");
        File.WriteAllText(folder.At("key-empty.xml"), "");
        File.WriteAllText(folder.At("key-whole.xml"), "<key/>");

        KeyFiles.SetDamagedAside(new DirectoryInfo(folder.Path));

        Directory
            .GetFiles(folder.Path)
            .Select(Path.GetFileName)
            .ShouldBe(["key-empty.xml.damaged", "key-half.xml.damaged", "key-whole.xml"], ignoreOrder: true);
    }
}
