using Plumbline.Testing;

namespace Plumbline.Scenarios.Tests.OnAws.Images;

/// <summary>
/// A root folder with the files of some Debian packages and their dependencies. It copies them from this machine's
/// installation, and nothing else.
/// </summary>
internal static class DebianRoot
{
    /// <summary>The names in / that are links into <c>/usr</c>; packages still list files under them.</summary>
    private static readonly string[] Merged =
    [
        .. ((string[])["bin", "sbin", "lib", "lib32", "lib64", "libx32"]).Where(name =>
            new DirectoryInfo($"/{name}").LinkTarget is not null
        ),
    ];

    private static readonly string[] ForPeople = ["/usr/share/doc/", "/usr/share/man/", "/usr/share/locale/"];

    /// <summary>Adds packages to a root.</summary>
    public static async Task AddAsync(string root, IEnumerable<string> packages)
    {
        Directory.CreateDirectory(root);
        foreach (var name in Merged.Where(name => !Path.Exists(Path.Combine(root, name))))
        {
            File.CreateSymbolicLink(Path.Combine(root, name), $"usr/{name}");
        }

        string[] query = ["--listfiles", .. await WithDependenciesAsync(packages)];
        var listed = (await Shell.RunAsync("dpkg-query", query)).Succeeded();
        var files = listed
            .Split('\n')
            .Where(file => file.StartsWith('/') && file != "/.")
            .Select(file =>
                Merged.Any(name => file == $"/{name}" || file.StartsWith($"/{name}/")) ? $"/usr{file}" : file
            )
            .Where(file => Path.Exists(file) || new FileInfo(file).LinkTarget is not null)
            .Where(file => !ForPeople.Any(folder => file.StartsWith(folder, StringComparison.Ordinal)))
            .Select(file => file[1..])
            .Distinct()
            .Order(StringComparer.Ordinal);
        const string Copy = """tar -C / --no-recursion -cf - -T - | tar -C "$0" -xf -""";
        (await Shell.RunAsync("sh", ["-c", Copy, root], input: string.Join('\n', files))).Succeeded();
    }

    /// <summary>A package, or the first installed one of its alternatives, with all dependencies.</summary>
    private static async Task<IReadOnlyCollection<string>> WithDependenciesAsync(IEnumerable<string> packages)
    {
        const string Format = "${Package}\t${Pre-Depends}, ${Depends}\n";
        var installed = (await Shell.RunAsync("dpkg-query", ["--show", "--showformat", Format]))
            .Succeeded()
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('\t'))
            .GroupBy(line => line[0])
            .ToDictionary(lines => lines.Key, lines => lines.First()[1]);
        var found = new HashSet<string>();
        var open = new Stack<string>(packages);
        while (open.TryPop(out var wanted))
        {
            var name = wanted
                .Split('|')
                .Select(one => one.Trim().Split(' ', '(', ':')[0])
                .FirstOrDefault(installed.ContainsKey);
            if (name is not null && found.Add(name))
            {
                foreach (var next in installed[name].Split(',', StringSplitOptions.TrimEntries))
                {
                    open.Push(next);
                }
            }
        }

        return found;
    }
}
