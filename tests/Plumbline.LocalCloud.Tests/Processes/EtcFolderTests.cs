using Plumbline.LocalCloud.Processes.Sandboxing;
using Plumbline.LocalCloud.Processes.Specs;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.Processes;

/// <summary>The copies of <c>/etc</c> that programs see.</summary>
public sealed class EtcFolderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly EtcFolder etc;

    public EtcFolderTests()
    {
        Directory.CreateDirectory(folder.At("machine"));
        etc = new EtcFolder(Copies, folder.At("machine"));
    }

    private string Copies => folder.At("copies");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Files_are_copied_folders_are_bound_and_secrets_are_neither()
    {
        Write("passwd", "root:x:0:0");
        Write("shadow", "root:secret");
        Write("ssl/openssl.cnf", "[default]");
        Write("ssl/private/key.pem", "secret");
        Write("pip.conf", "password = secret");
        File.SetUnixFileMode(folder.At("machine", "pip.conf"), UnixFileMode.UserRead | UnixFileMode.UserWrite);

        var arguments = string.Join(' ', Add());

        Names().ShouldBe(["hosts", "passwd", "ssl"]);
        Directory.EnumerateFileSystemEntries(Path.Combine(Copies, "ssl")).ShouldBeEmpty();
        arguments.ShouldBe(
            $"--ro-bind {Copies} /etc --ro-bind-try {folder.At("machine", "ssl")} /etc/ssl "
                + "--tmpfs /etc/ssl/private --remount-ro /etc/ssl/private"
        );
    }

    [Fact]
    public void Each_start_sees_the_machine_as_it_is_by_then()
    {
        Write("passwd", "root:x:0:0");
        Write("profile", "umask 022");
        Write("hosts", "10.0.0.1 box");
        Add();
        File.ReadAllText(Path.Combine(Copies, "hosts")).ShouldBe("10.0.0.1 box\n127.0.0.1\talgo-1\n");

        Write("passwd", "root:x:0:0 ann:x:1000:1000");
        Write("hosts", "10.0.0.2 box");
        File.Delete(folder.At("machine", "profile"));
        Directory.CreateDirectory(folder.At("machine", "profile"));
        Add();

        File.ReadAllText(Path.Combine(Copies, "passwd")).ShouldBe("root:x:0:0 ann:x:1000:1000");
        File.ReadAllText(Path.Combine(Copies, "hosts")).ShouldStartWith("10.0.0.2 box");
        Directory.Exists(Path.Combine(Copies, "profile")).ShouldBeTrue();

        Directory.Delete(folder.At("machine", "profile"));
        Write("profile", "umask 077");
        File.Delete(folder.At("machine", "passwd"));
        Add();

        File.ReadAllText(Path.Combine(Copies, "profile")).ShouldBe("umask 077");
        Names().ShouldBe(["hosts", "profile"]);
    }

    [Fact]
    public void A_link_stays_one_where_programs_see_what_it_leads_to_and_is_followed_elsewhere()
    {
        File.CreateSymbolicLink(folder.At("machine", "localtime"), "/usr/share/zoneinfo/Europe/Berlin");
        File.CreateSymbolicLink(folder.At("machine", "resolv.conf"), folder.At("machine", "run"));
        File.CreateSymbolicLink(folder.At("machine", "services"), folder.At("machine", "nowhere"));
        Write("run", "nameserver 127.0.0.53");

        Add();

        Names().ShouldBe(["hosts", "localtime", "resolv.conf"]);
        new FileInfo(Path.Combine(Copies, "localtime")).LinkTarget.ShouldBe("/usr/share/zoneinfo/Europe/Berlin");
        new FileInfo(Path.Combine(Copies, "resolv.conf")).LinkTarget.ShouldBeNull();
        File.ReadAllText(Path.Combine(Copies, "resolv.conf")).ShouldBe("nameserver 127.0.0.53");
    }

    [Fact]
    public void What_a_person_shows_of_etc_has_its_place()
    {
        Write("mine/certificate.pem", "public");

        Add(
            new Bind(folder.At("machine", "mine", "certificate.pem"), "/etc/mine/certificate.pem"),
            new Bind("/usr/lib", "/usr/lib")
        );
        Add(new Bind(folder.At("machine", "mine"), "/etc/other"));

        File.ReadAllText(Path.Combine(Copies, "mine", "certificate.pem")).ShouldBeEmpty();
        Directory.Exists(Path.Combine(Copies, "other")).ShouldBeTrue();
    }

    private List<string> Add(params Bind[] places)
    {
        var arguments = new List<string>();
        etc.AddTo(arguments, path => path.StartsWith("/usr/", StringComparison.Ordinal), places);
        return arguments;
    }

    private void Write(string name, string text)
    {
        var path = folder.At("machine", name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private IEnumerable<string?> Names() =>
        Directory.EnumerateFileSystemEntries(Copies).Select(Path.GetFileName).Order(StringComparer.Ordinal);
}
