using System.Security.Cryptography;
using System.Text;
using Plumbline.Aws.Formats;
using Plumbline.Records.Examples;
using Plumbline.Records.GroundTruth;
using Plumbline.Records.Project;

namespace Plumbline.Records.Data;

/// <summary>
/// Makes a data set version whose examples are contents, by the rules of <see cref="DataSetBuilder"/>. It reads and
/// writes references only; the contents stay where they are. A correction of a content of the base data replaces the
/// label there.
/// </summary>
public static class ContentSetBuilder
{
    /// <param name="project">The labels, and the rule that divides the examples.</param>
    /// <param name="list">The list of base data; see <see cref="BaseContents.ToList"/>.</param>
    /// <param name="corrections">All corrections, in any order.</param>
    /// <param name="earlierSplits">The split rules under which the ancestors of the model were trained.</param>
    /// <param name="folder">The folder to write to.</param>
    /// <param name="time">The time to write into the manifest.</param>
    /// <param name="bucket">The bucket with the contents.</param>
    /// <param name="parent">The version that production was trained on.</param>
    public static DataSetManifest Build(
        ProjectDescription project,
        string list,
        IReadOnlyList<Correction> corrections,
        IReadOnlyList<SplitRule> earlierSplits,
        string folder,
        DateTimeOffset time,
        string bucket,
        DataSetManifest? parent = null
    )
    {
        var rule = SplitRule.Of(project.Data);
        earlierSplits = [.. earlierSplits.Where(earlier => earlier != rule).Distinct()];
        var known = new Dictionary<string, Example>(StringComparer.Ordinal);
        var keys = new List<ulong>();
        foreach (var example in Example.ReadFile(list))
        {
            known[example.Content.Sha256] = example;
            keys.Add(SplitKey.Parse(example.Key)!.Value.Short);
        }
        var (corrected, rest) = CorrectedContent.Gather(
            corrections,
            project,
            known,
            parent?.Corrections.All().ToHashSet() ?? []
        );
        var baseKeys = known.Values.Select(example => SplitKey.Parse(example.Key)!.Value).ToHashSet();
        var sides =
            rule.Method == SplitMethod.Hash
                ? Sides.ByHash(rule, earlierSplits)
                : Sides.ByTime(rule, keys, [.. corrected.OrderBy(one => one.First).Select(one => one.Key.Short)]);

        using var files = new ContentSetFiles(folder, bucket);
        var truths = corrected.ToDictionary(one => one.Example.Content.Sha256, one => one.Example);
        var counts = new int[3];
        foreach (var example in Example.ReadFile(list))
        {
            var side = sides.Of(SplitKey.Parse(example.Key)!.Value);
            var truth = truths.GetValueOrDefault(example.Content.Sha256, example);
            files.Write(
                side,
                recent: false,
                example with
                {
                    Label = truth.Label,
                    Class = truth.Class,
                    Truth = truth.Truth,
                }
            );
            counts[(int)side]++;
        }
        var taken = WriteCorrections(
            corrected,
            new CorrectionSides(
                rule.Method,
                sides,
                baseKeys.Contains,
                corrected.Select(one => (one.Key, one.Audit, one.Known))
            ),
            files,
            known,
            rest
        );
        var written = files.Finish();
        DataSetBuilder.RequireRows(project.Data.File, DataSetFiles.OfContents, written, counts, "example");
        return new DataSetManifest
        {
            Project = project.Name,
            Features = [],
            Contents = true,
            Labels = project.Labels,
            Split = rule,
            EarlierSplits = earlierSplits,
            Base = new BaseManifest(Sha256(list), counts[0], counts[1], counts[2]),
            Corrections = taken,
            Files = written,
            Time = time,
        };
    }

    private static CorrectionsManifest WriteCorrections(
        List<CorrectedContent> corrected,
        CorrectionSides sides,
        ContentSetFiles files,
        Dictionary<string, Example> known,
        CorrectionsManifest rest
    )
    {
        var ids = new Dictionary<Side, List<Guid>>
        {
            [Side.Train] = [],
            [Side.Validation] = [],
            [Side.Test] = [],
        };
        List<Guid> heldBack = [];
        foreach (var one in corrected.OrderBy(one => one.Example.Content.Sha256, StringComparer.Ordinal))
        {
            if (sides.Of(one.Key, one.Audit, one.Known) is not { } side)
            {
                heldBack.Add(one.Id);
                continue;
            }
            ids[side].Add(one.Id);
            // The base data has the content already, with this truth; only the recent set measures predictions.
            if (side == Side.Test || !known.ContainsKey(one.Example.Content.Sha256))
                files.Write(side, recent: true, one.Example);
        }
        return rest with
        {
            Train = ids[Side.Train],
            Validation = ids[Side.Validation],
            Recent = ids[Side.Test],
            HeldBack = heldBack,
        };
    }

    private static string Sha256(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}

/// <summary>The files of one version of contents; a leak guard compares the contents of both sides.</summary>
internal sealed class ContentSetFiles(string folder, string bucket) : IDisposable
{
    private readonly SideFile train = new(folder, DataSetFiles.OfContents.Train);
    private readonly SideFile validation = new(folder, DataSetFiles.OfContents.Validation);
    private readonly SideFile recentTest = new(folder, DataSetFiles.OfContents.Recent);
    private readonly SideFile baseTest = new(folder, DataSetFiles.OfContents.Base);
    private readonly SideFile trainContents = new(folder, DataSetFiles.TrainContents);
    private readonly SideFile testContents = new(folder, DataSetFiles.TestContents);
    private readonly SortedSet<string> trainNames = new(StringComparer.Ordinal);
    private readonly SortedSet<string> testNames = new(StringComparer.Ordinal);

    private SideFile[] All => [train, validation, recentTest, baseTest, trainContents, testContents];

    public void Write(Side side, bool recent, Example example)
    {
        var placed = example with { SourceRef = new S3Uri(bucket, example.Content.Key).ToString() };
        var file =
            side == Side.Train ? train
            : side == Side.Validation ? validation
            : recent ? recentTest
            : baseTest;
        file.WriteLine(Encoding.UTF8.GetBytes(placed.ToLine() + "\n"));
        (side == Side.Test ? testNames : trainNames).Add(example.Content.Name);
    }

    public SortedDictionary<string, FileManifest> Finish()
    {
        // The leak guard over contents: one content under two keys would be seen on both sides.
        if (trainNames.FirstOrDefault(testNames.Contains) is { } both)
            throw new InvalidOperationException($"Content {both} would be on the sides of training and test.");
        List(trainContents, trainNames);
        List(testContents, testNames);
        return new SortedDictionary<string, FileManifest>(
            All.ToDictionary(file => file.Name, file => file.Finish()),
            StringComparer.Ordinal
        );
    }

    public void Dispose()
    {
        foreach (var file in All)
            file.Dispose();
    }

    /// <summary>AWS's ManifestFile: <c>[{"prefix": "s3://bucket/content/"}, "name", ...]</c>.</summary>
    private void List(SideFile file, SortedSet<string> names)
    {
        var prefix = RecordJson.Write(new { prefix = new S3Uri(bucket, Layout.Contents).ToString() });
        file.WriteLine(Encoding.UTF8.GetBytes($"[{prefix}"));
        foreach (var name in names)
            file.WriteLine(Encoding.UTF8.GetBytes($",\n\"{name}\""));
        file.WriteLine("]\n"u8);
    }
}
