using System.Net;
using Plumbline.Testing;

namespace Plumbline.WebConsole.Tests;

/// <summary>The stored keys that encrypt sessions.</summary>
public sealed class SessionKeyTests(PetsConsole pets) : IClassFixture<PetsConsole>
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    [Fact]
    public async Task They_are_encrypted_with_a_certificate_that_only_its_owner_reads_and_outlive_a_restart()
    {
        using var ann = new ConsoleClient((await pets.ConsoleAsync("sealed")).Endpoint);
        await ann.SignInAsync("ann", ConsoleCloud.Password);

        var keys = Keys("sealed");
        keys.ShouldNotBeEmpty();
        keys.Select(File.ReadAllText)
            .ShouldAllBe(text => text.Contains("<encryptedSecret") && !text.Contains("<masterKey"));
        File.GetUnixFileMode(Certificate("sealed")).ShouldBe(OwnerOnly);
        Path.GetDirectoryName(Certificate("sealed")).ShouldNotBe(Path.GetDirectoryName(keys[0]));

        using var again = new ConsoleClient((await pets.ConsoleAsync("sealed")).Endpoint);
        foreach (Cookie cookie in ann.Cookies.GetAllCookies())
        {
            again.Cookies.Add(cookie);
        }

        (await again.PageAsync("/")).ShouldContain("ann");
    }

    [Fact]
    public async Task A_key_of_an_earlier_release_in_the_clear_is_removed()
    {
        var folder = Path.Combine(pets.FolderOf("cleared"), "console-keys");
        Directory.CreateDirectory(folder);
        var old = Path.Combine(folder, $"key-{Guid.NewGuid()}.xml");
        await File.WriteAllTextAsync(
            old,
            "<key><descriptor><masterKey><value>c2VjcmV0</value></masterKey></descriptor></key>"
        );
        using var ann = new ConsoleClient((await pets.ConsoleAsync("cleared")).Endpoint);
        await ann.SignInAsync("ann", ConsoleCloud.Password);
        File.Exists(old).ShouldBeFalse();
    }

    [Fact]
    public async Task A_certificate_that_cannot_be_read_gives_way_to_a_new_one()
    {
        Directory.CreateDirectory(pets.FolderOf("damaged"));
        await File.WriteAllTextAsync(Certificate("damaged"), "-----BEGIN CERT");
        using var ann = new ConsoleClient((await pets.ConsoleAsync("damaged")).Endpoint);
        await ann.SignInAsync("ann", ConsoleCloud.Password);
        (await File.ReadAllTextAsync(Certificate("damaged"))).ShouldContain("PRIVATE KEY");
    }

    private string Certificate(string console) => Path.Combine(pets.FolderOf(console), "console-certificate.pem");

    private string[] Keys(string console) =>
        Directory.GetFiles(Path.Combine(pets.FolderOf(console), "console-keys"), "key-*.xml");
}
