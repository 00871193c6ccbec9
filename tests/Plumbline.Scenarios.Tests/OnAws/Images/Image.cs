using System.Runtime.InteropServices;
using Plumbline.Testing;

namespace Plumbline.Scenarios.Tests.OnAws.Images;

/// <summary>An image that was built: its root folder, and what the Dockerfile says of it.</summary>
internal sealed record Image(string Root)
{
    /// <summary>As Docker has it.</summary>
    private const string Path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private static readonly string Dotnet = System.IO.Path.GetFullPath(
        System.IO.Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..")
    );

    /// <summary>ENV.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>ENTRYPOINT.</summary>
    public IReadOnlyList<string> EntryPoint { get; init; } = [];

    /// <summary>The command line that runs a container of it, as root of nothing else.</summary>
    /// <param name="arguments">What follows the ENTRYPOINT.</param>
    /// <param name="ml">What is mounted at <c>/opt/ml</c>.</param>
    /// <param name="sharesNetwork">Whether it has the network of whoever starts it, in place of none.</param>
    /// <param name="variables">Beside those of ENV.</param>
    public IReadOnlyList<string> Container(
        IReadOnlyList<string> arguments,
        string ml,
        bool sharesNetwork = false,
        IReadOnlyDictionary<string, string>? variables = null
    )
    {
        // Whoever starts a container makes the folder that it mounts at.
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
            .. ((string[])["dotnet", "host", "shared"]).SelectMany(part =>
                (string[])["--ro-bind", $"{Dotnet}/{part}", $"/usr/share/dotnet/{part}"]
            ),
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
