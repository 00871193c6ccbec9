using System.Formats.Tar;
using System.IO.Compression;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Plumbline.Loop.Project;
using Plumbline.Records.Examples;

namespace Plumbline.Cli.Demo;

/// <summary>
/// The projects of <c>samples/</c>, embedded in this program. Samples of photos have them in an archive, and the code that
/// <c>plumb new</c> writes for images; rentals, customers and messages have their own data; all others use the same
/// digits data.
/// </summary>
internal static partial class Samples
{
    private const string Root = "samples/";
    private const string Photos = "photos.tar.gz";
    private const string Handler = "code/inference.py";
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
            // The sample's own network writes the model that Plumbline's server serves, without a handler.
            foreach (var (path, code) in OwnContents.Code(ContentTypes.Jpeg).Where(one => one.Key != Handler))
            {
                files.TryAdd(path, code);
            }
        }
        else if (sample == Messages.Sample)
        {
            (files["messages.jsonl"], files["later.jsonl"]) = Messages.Load().Files;
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

    /// <summary>All files of a new project made from a sample, also its photos, by path.</summary>
    public static IReadOnlyDictionary<string, byte[]> Contents(string sample, string project)
    {
        var contents = Files(sample, project)
            .ToDictionary(file => file.Key, file => Encoding.UTF8.GetBytes(file.Value));
        if (HasPhotos(sample))
        {
            foreach (var (path, photo) in Archive(sample, Photos))
            {
                contents[path] = photo;
            }
        }

        return contents;
    }

    /// <summary>Puts the photos of a sample that has some into its new project.</summary>
    public static void CopyPhotos(string sample, ProjectFolder folder)
    {
        if (!HasPhotos(sample))
        {
            return;
        }

        foreach (var (path, photo) in Archive(sample, Photos))
        {
            var file = Path.Combine(folder.Root, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, photo);
        }
    }

    /// <summary>The files of a sample's archive, by path, in the archive's order.</summary>
    public static IEnumerable<(string Path, byte[] Content)> Archive(string sample, string name)
    {
        using var archive = Here.GetManifestResourceStream($"{Root}{sample}/{name}")!;
        using var tar = new TarReader(new GZipStream(archive, CompressionMode.Decompress));
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.DataStream is { } stream)
            {
                var content = new byte[entry.Length];
                stream.ReadExactly(content);
                yield return (entry.Name, content);
            }
        }
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
