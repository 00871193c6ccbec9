using System.Formats.Tar;
using System.IO.Compression;
using System.Reflection;
using System.Text.RegularExpressions;
using Plumbline.Loop.Project;
using Plumbline.Records.Examples;

namespace Plumbline.Cli.Demo;

/// <summary>
/// The projects of <c>samples/</c>, embedded in this program. Samples of photos have them in an archive, and the code that
/// <c>plumb new</c> writes for images; the rentals and the customers have their own tables; all others use the same digits data.
/// </summary>
internal static partial class Samples
{
    private const string Root = "samples/";
    private const string Photos = "photos.tar.gz";
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
        if (HasPhotos(sample))
        {
            foreach (var (path, code) in OwnContents.Code(ContentTypes.Jpeg))
            {
                files[path] = code;
            }
        }
        else if (sample == Rentals.Sample)
        {
            (files["data.csv"], files["later.csv"]) = Rentals.Load();
        }
        else if (sample == Customers.Sample)
        {
            (files["data.csv"], files["later.csv"]) = Customers.Load();
        }
        else
        {
            files["data.csv"] = Digits.Load().AllCsv();
        }

        return files;
    }

    /// <summary>Puts the photos of a sample that has some into its new project.</summary>
    public static void CopyPhotos(string sample, ProjectFolder folder)
    {
        if (!HasPhotos(sample))
        {
            return;
        }

        using var archive = Here.GetManifestResourceStream($"{Root}{sample}/{Photos}")!;
        using var files = new GZipStream(archive, CompressionMode.Decompress);
        TarFile.ExtractToDirectory(files, folder.Root, overwriteFiles: false);
    }

    private static bool HasPhotos(string sample) =>
        Here.GetManifestResourceNames().Contains($"{Root}{sample}/{Photos}");

    public static string Text(string sample, string path)
    {
        using var stream = Here.GetManifestResourceStream($"{Root}{sample}/{path}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    [GeneratedRegex("^name: .*$", RegexOptions.Multiline)]
    private static partial Regex NameLine();
}
