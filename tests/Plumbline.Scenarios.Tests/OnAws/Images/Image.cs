using System.Runtime.InteropServices;
using Plumbline.Testing;

namespace Plumbline.Scenarios.Tests.OnAws.Images;

/// <summary>A built image: its root folder, and the Dockerfile's settings.</summary>
internal sealed record Image(string Root)
{
    /// <summary>The default PATH of Docker.</summary>
    private const string Path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private static readonly string Dotnet = System.IO.Path.GetFullPath(
        System.IO.Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..")
    );

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<string> EntryPoint { get; init; } = [];

    /// <summary>The command that runs a container of the image, as root without rights outside it.</summary>
    /// <param name="arguments">The arguments after the ENTRYPOINT.</param>
    /// <param name="ml">The folder to mount at <c>/opt/ml</c>.</param>
    /// <param name="sharesNetwork">True to use the caller's network instead of none.</param>
    /// <param name="variables">Variables in addition to ENV.</param>
    public IReadOnlyList<string> Container(
        IReadOnlyList<string> arguments,
        string ml,
        bool sharesNetwork = false,
        IReadOnlyDictionary<string, string>? variables = null
    )
    {
        // Container runtimes create the folder of a mount.
        Directory.CreateDirectory(System.IO.Path.Combine(Root, "opt", "ml"));
        return
        [
            .. Bubblewrap(
                "--ro-bind",
                sharesNetwork,
                Environment.Concat(variables ?? new Dictionary<string, string>())
            ),
            "--tmpfs",
            "/tmp",
            "--bind",
            ml,
            "/opt/ml",
            .. EntryPoint,
            .. arguments,
        ];
    }

    /// <summary>Runs a step of the build, which may change the root.</summary>
    public Task<ShellResult> BuildAsync(string command)
    {
        string[] all = [.. Bubblewrap("--bind", false, Environment), "sh", "-c", command];
        return Shell.RunAsync(all[0], all[1..]);
    }

    /// <summary>The parts of .NET that the base image has.</summary>
    private IEnumerable<string> Mounted() =>
        Directory.Exists(System.IO.Path.Combine(Root, "usr/share/dotnet/sdk"))
            ? Directory.EnumerateDirectories(Dotnet).Select(part => System.IO.Path.GetFileName(part)!).Append("dotnet")
            : ["dotnet", "host", "shared"];

    private IEnumerable<string> Bubblewrap(
        string bind,
        bool sharesNetwork,
        IEnumerable<KeyValuePair<string, string>> variables
    ) =>
        [
            "bwrap",
            bind,
            Root,
            "/",
            .. Mounted().SelectMany(part => (string[])["--ro-bind", $"{Dotnet}/{part}", $"/usr/share/dotnet/{part}"]),
            "--dev",
            "/dev",
            "--proc",
            "/proc",
            "--unshare-user",
            "--uid",
            "0",
            "--gid",
            "0",
            "--unshare-pid",
            .. sharesNetwork ? (string[])[] : ["--unshare-net"],
            "--die-with-parent",
            "--clearenv",
            "--setenv",
            "PATH",
            Path,
            .. variables.SelectMany(one => (string[])["--setenv", one.Key, one.Value]),
        ];
}
