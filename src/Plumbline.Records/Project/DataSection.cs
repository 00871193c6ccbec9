using Plumbline.Aws.Formats;
using YamlDotNet.RepresentationModel;

namespace Plumbline.Records.Project;

/// <summary>Reads the section <c>data</c>.</summary>
internal static class DataSection
{
    private const string File = "file";

    public static DataDescription Read(YamlSection root)
    {
        var d = new DataDescription();
        var s = root.Section(
            "data",
            File,
            "contents",
            "format",
            "grow",
            "label",
            "features",
            "columns",
            "missing",
            "splitKey",
            "split",
            "holdOut",
            "validation",
            "salt"
        );
        var (schema, ignored) = ColumnsSection.Read(s, s.Text("label", d.Label));
        var locations = Locations(s, d.File);
        var data = new DataDescription
        {
            File = locations[0],
            Sources = locations is [var one] && S3Uri.TryParse(one) is null ? [] : locations,
            Format = s.Choice<SourceFormat?>(
                "format",
                null,
                ("csv", SourceFormat.Csv),
                ("jsonl", SourceFormat.Jsonl),
                ("parquet", SourceFormat.Parquet),
                ("folders", SourceFormat.Folders),
                ("manifest", SourceFormat.Manifest)
            ),
            Contents = Contents(s),
            Grow = s.Flag("grow", d.Grow),
            Label = s.Text("label", d.Label),
            Features = s.Texts("features"),
            Schema = schema,
            Ignored = ignored,
            SplitKey = s.Has("splitKey") ? s.Text("splitKey", "") : null,
            Split = s.Choice("split", d.Split, ("hash", SplitMethod.Hash), ("time", SplitMethod.Time)),
            HoldOut = s.Share("holdOut", d.HoldOut, 0.9),
            Validation = s.Share("validation", d.Validation, 0.9),
            Salt = s.Text("salt", d.Salt),
        };
        if (data.Grow && data.InS3().Count == 0)
            throw s.Error(
                "grow",
                "goes with a prefix in S3, such as `file: s3://bucket/prefix/`; a commit changes files"
            );
        if (data.Features.Contains(data.Label))
            throw s.Error("features", $"'{data.Label}' is the label; a model must not see it");
        if (data.SplitKey == data.Label)
            throw s.Error("splitKey", "must not be the label column");
        if (data is { Split: SplitMethod.Time, SplitKey: not null })
            throw s.Error(
                "splitKey",
                "has no effect with split: time, which divides by age and keeps equal rows together"
            );
        if (data.HoldOut + data.Validation > 0.9)
            throw s.Error("holdOut", "holdOut and validation together must leave 10 % of the rows to train on");
        return data;
    }

    /// <summary>One location or a list: paths in the project's folder, and S3 URIs.</summary>
    private static IReadOnlyList<string> Locations(YamlSection s, string otherwise)
    {
        IReadOnlyList<string> locations = s.Node(File) is YamlSequenceNode ? s.Texts(File) : [s.Text(File, otherwise)];
        if (locations.Count == 0)
            throw s.Error(File, "needs a path in the project's folder, or an S3 URI");
        foreach (var location in locations)
        {
            if (S3Uri.IsS3(location) && S3Uri.TryParse(location) is null)
                throw s.Error(File, $"'{location}' is not an S3 URI: write s3://bucket/prefix/");
            if (!S3Uri.IsS3(location) && IsOutside(location))
                throw s.Error(File, "must be a path inside the project's folder, or an S3 URI");
        }
        return locations;
    }

    private static IReadOnlyList<string>? Contents(YamlSection s)
    {
        const string key = "contents";
        if (!s.Has(key))
            return null;
        IReadOnlyList<string> prefixes = s.Node(key) is YamlSequenceNode ? s.Texts(key) : [s.Text(key, "")];
        return prefixes.FirstOrDefault(one => S3Uri.TryParse(one) is null) is { } wrong
                ? throw s.Error(key, $"'{wrong}' is not an S3 URI: write s3://bucket/prefix/")
            : prefixes.Count > 0 ? prefixes
            : throw s.Error(key, "needs an S3 URI, such as s3://bucket/prefix/");
    }

    private static bool IsOutside(string path) => Path.IsPathRooted(path) || path.Split('/', '\\').Contains("..");
}
