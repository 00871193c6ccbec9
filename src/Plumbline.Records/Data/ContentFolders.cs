using Plumbline.Aws.Formats;
using Plumbline.Records.Examples;
using Plumbline.Records.Project;

namespace Plumbline.Records.Data;

/// <summary>Reads <c>data.format: folders</c>: each subfolder is a class, and each file in it, at any depth, an example.</summary>
public static class ContentFolders
{
    internal static void Read(ProjectDescription project, string root, ContentCollector into)
    {
        var folder = Path.Combine(root, project.Data.File);
        if (!Directory.Exists(folder))
            throw new UserError(
                "plumbline.yaml",
                $"data.file names the folder {project.Data.File}, which does not exist in {root}: add it, or correct data.file"
            );
        foreach (var file in Directory.EnumerateFiles(folder).Where(IsShown).Order(StringComparer.Ordinal))
            into.Refuse(Place(root, file), "is not in the folder of a class: move it into one, or remove it");
        foreach (var @class in Directory.EnumerateDirectories(folder).Where(IsShown).Order(StringComparer.Ordinal))
        {
            if (into.Label(Place(root, @class), Path.GetFileName(@class)) is { } label)
                ReadClass(root, @class, label, into);
        }
    }

    /// <summary>Lists an object: the part of its key up to the first slash below the prefix is its class.</summary>
    public static void Add(S3Uri prefix, string key, (long Size, string ETag) listed, ContentCollector into)
    {
        var uri = new S3Uri(prefix.Bucket, key);
        var (below, place) = (key[prefix.Key.Length..], uri.ToString());
        // Keys that end in a slash stand for folders.
        if (below.Length == 0 || below.EndsWith('/') || !below.Split('/').All(IsShown))
            return;
        var slash = below.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
            into.Refuse(place, $"is not in the folder of a class: write it below {prefix}CLASS/, or remove it");
        else if (into.Label(place, below[..slash]) is { } label)
            into.AddObject(place, uri, label, weight: 1, listed);
    }

    private static void ReadClass(string root, string folder, string label, ContentCollector into)
    {
        foreach (
            var file in Directory
                .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Where(IsShown)
                .Order(StringComparer.Ordinal)
        )
        {
            var place = Place(root, file);
            if (ContentTypes.Of(file) is null)
                into.Refuse(place, $"has an unknown type: its name must end in {ContentTypes.Extensions}");
            else
                into.Add(place, place, label, weight: 1, (file, null));
        }
    }

    /// <summary>False for files such as <c>.DS_Store</c> and <c>Thumbs.db</c>, which systems leave by themselves.</summary>
    private static bool IsShown(string path) => Path.GetFileName(path) is not ['.', ..] and not "Thumbs.db";

    private static string Place(string root, string path) => Path.GetRelativePath(root, path).Replace('\\', '/');
}
