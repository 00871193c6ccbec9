using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Processes.Sandboxing;

/// <summary>
/// The <c>/etc/hosts</c> of sandboxes: this machine's, and the sandbox's own name. AWS's training toolkits wait until every
/// host of <c>resourceconfig.json</c> has an address.
/// </summary>
internal static class HostsFile
{
    /// <summary>Where programs look for it.</summary>
    public const string Target = "/etc/hosts";

    /// <summary>A sandbox's host name: the one host of a job, as AWS names the first.</summary>
    public const string HostName = "algo-1";

    /// <summary>Writes the file where it changed.</summary>
    public static string Write(DataFolder data)
    {
        var path = Path.Combine(data.Root, "hosts");
        var machine = File.Exists(Target) ? File.ReadAllText(Target) : "127.0.0.1\tlocalhost";
        var text = $"{machine.TrimEnd('\n')}\n127.0.0.1\t{HostName}\n";
        if (!File.Exists(path) || File.ReadAllText(path) != text)
        {
            var temporary = $"{path}.{Guid.NewGuid():N}";
            File.WriteAllText(temporary, text);
            File.Move(temporary, path, overwrite: true);
        }

        return path;
    }
}
