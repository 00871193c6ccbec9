using System.Reflection;
using System.Text.RegularExpressions;

namespace Plumbline.Cli.Demo;

/// <summary>
/// The projects of <c>samples/</c>, embedded in this program. All of them use the same digits data, but for the rentals.
/// </summary>
internal static partial class Samples
{
    private const string Root = "samples/";
    private static readonly Assembly Here = Assembly.GetExecutingAssembly();

    public static IReadOnlyList<string> Names { get; } =
    [
        .. Here.GetManifestResourceNames()
            .Where(name => name.EndsWith("/plumbline.yaml", StringComparison.Ordinal))
            .Select(name => name.Split('/')[1])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The files of a new project made from a sample, by path.</summary>
    public static IReadOnlyDictionary<string, string> Files(string sample, string project)
    {
        var files = Here.GetManifestResourceNames()
            .Where(name => name.StartsWith($"{Root}{sample}/", StringComparison.Ordinal))
            .Select(name => name[(Root.Length + sample.Length + 1)..])
            .Where(path => !path.EndsWith(".gz", StringComparison.Ordinal))
            .ToDictionary(path => path, path => Text(sample, path));
        files["plumbline.yaml"] = NameLine().Replace(files["plumbline.yaml"], $"name: {project}", 1);
        if (sample == Rentals.Sample)
        {
            (files["data.csv"], files["later.csv"]) = Rentals.Load();
        }
        else
        {
            files["data.csv"] = Digits.Load().AllCsv();
        }

        return files;
    }

    public static string Text(string sample, string path)
    {
        using var stream = Here.GetManifestResourceStream($"{Root}{sample}/{path}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    [GeneratedRegex("^name: .*$", RegexOptions.Multiline)]
    private static partial Regex NameLine();
}
