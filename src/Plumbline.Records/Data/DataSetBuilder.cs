using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Plumbline.Records.GroundTruth;
using Plumbline.Records.Project;

namespace Plumbline.Records.Data;

/// <summary>
/// Makes a data set version from base data and corrections: files in, files out. The rules:
/// <list type="bullet">
/// <item>The side of a row is a function of its split key (or of time); all rows with a key are on one side.</item>
/// <item>Of several corrections of one prediction the latest counts; all stay known.</item>
/// <item>On the test side only audit-sample corrections are used, as <c>recent</c>. A queue-chosen or volunteered
/// correction whose key is on the test side is held back altogether: trained on, it would leak into the day when the same
/// row comes as part of the audit sample.</item>
/// </list>
/// </summary>
public static class DataSetBuilder
{
    /// <summary>The files of a version by their path below its prefix.</summary>
    public const string TrainFile = "train/train.csv";

    /// <inheritdoc cref="TrainFile"/>
    public const string ValidationFile = "validation/validation.csv";

    /// <inheritdoc cref="TrainFile"/>
    public const string RecentFile = "test/recent.csv";

    /// <inheritdoc cref="TrainFile"/>
    public const string BaseFile = "test/base.csv";

    /// <summary>The names of the feature columns, a JSON array, beside the test files.</summary>
    public const string FeaturesFile = "test/features.json";

    /// <summary>The feature columns that a version would have.</summary>
    /// <exception cref="UserError">The base data's header does not fit the project.</exception>
    public static IReadOnlyList<string> ReadFeatures(string basePath, ProjectDescription project)
    {
        using var rows = new BaseRows(basePath, project);
        return rows.Features;
    }

    /// <summary>Builds a version in a folder.</summary>
    /// <param name="project">What columns there are and how rows are divided.</param>
    /// <param name="basePath">The base data, a CSV with a header line.</param>
    /// <param name="corrections">All corrections there are, in any order.</param>
    /// <param name="earlierSplits">The rules that the line of models was trained under so far.</param>
    /// <param name="folder">Where the files go.</param>
    /// <param name="time">Noted in the manifest.</param>
    /// <param name="parent">The version that production was trained on: it knows what the columns were before.</param>
    /// <param name="deployed">When the parent's model was first deployed; null where that is not known.</param>
    /// <exception cref="UserError">The data cannot be used; names file and line.</exception>
    public static DataSetManifest Build(
        ProjectDescription project,
        string basePath,
        IReadOnlyList<Correction> corrections,
        IReadOnlyList<SplitRule> earlierSplits,
        string folder,
        DateTimeOffset time,
        DataSetManifest? parent = null,
        DateTimeOffset? deployed = null
    )
    {
        var rule = SplitRule.Of(project.Data);
        earlierSplits = [.. earlierSplits.Where(earlier => earlier != rule).Distinct()];
        var (features, baseKeys) = ReadKeys(basePath, project);
        var schemas = FeatureSchema.Line(parent, features, time, deployed);
        var (corrected, rest) = CorrectedRow.Gather(corrections, project, schemas);
        var sides =
            rule.Method == SplitMethod.Hash
                ? Sides.ByHash(rule, earlierSplits)
                : Sides.ByTime(rule, baseKeys, [.. corrected.OrderBy(row => row.First).Select(row => row.Key)]);

        using var files = new SideFiles(folder);
        var baseCounts = WriteBase(basePath, project, sides, files);
        var taken = WriteCorrections(corrected, sides, files, rest);
        files.Features.WriteLine(Encoding.UTF8.GetBytes(RecordJson.Write(features) + "\n"));
        var written = files.Finish();
        RequireRows(Path.GetFileName(basePath), written, baseCounts);
        return new DataSetManifest
        {
            Project = project.Name,
            Features = features,
            Labels = project.Labels,
            Schemas = schemas,
            Split = rule,
            EarlierSplits = earlierSplits,
            Base = new BaseManifest(Sha256(basePath), baseCounts[0], baseCounts[1], baseCounts[2]),
            Corrections = taken,
            Files = written,
            Time = time,
        };
    }

    private static (IReadOnlyList<string> Features, List<SplitKey> Keys) ReadKeys(
        string path,
        ProjectDescription project
    )
    {
        using var rows = new BaseRows(path, project);
        var keys = new List<SplitKey>();
        while (rows.Read())
            keys.Add(rows.Key);
        return (rows.Features, keys);
    }

    private static int[] WriteBase(string path, ProjectDescription project, Sides sides, SideFiles files)
    {
        var counts = new int[3];
        using var rows = new BaseRows(path, project);
        var line = new List<byte>(1024);
        while (rows.Read())
        {
            var side = sides.Of(rows.Key);
            line.Clear();
            line.AddRange(Encoding.ASCII.GetBytes(rows.Label.ToString(CultureInfo.InvariantCulture)));
            rows.AppendFeatures(line);
            line.Add((byte)'\n');
            files.For(side, recent: false, rows.Key).WriteLine(CollectionsMarshal.AsSpan(line));
            counts[(int)side]++;
        }
        return counts;
    }

    private static CorrectionsManifest WriteCorrections(
        List<CorrectedRow> rows,
        Sides sides,
        SideFiles files,
        CorrectionsManifest rest
    )
    {
        List<Guid> train = [];
        List<Guid> validation = [];
        List<Guid> recent = [];
        List<Guid> heldBack = [];
        // By content, not by the ids of the corrections: the same answers make the same files, byte for byte.
        foreach (var row in rows.OrderBy(row => row.Key.High).ThenBy(row => row.Key.Low).ThenBy(row => row.Id))
        {
            var side = sides.Of(row.Key);
            if (side == Side.Test && !row.Audit)
            {
                heldBack.Add(row.Id);
                continue;
            }
            files.For(side, recent: true, row.Key).Write(row.Label, row.Cells);
            var ids =
                side == Side.Train ? train
                : side == Side.Validation ? validation
                : recent;
            ids.Add(row.Id);
        }
        return rest with { Train = train, Validation = validation, Recent = recent, HeldBack = heldBack };
    }

    private static void RequireRows(string file, IReadOnlyDictionary<string, FileManifest> written, int[] baseCounts)
    {
        var rows = baseCounts.Sum();
        if (written[TrainFile].Rows == 0)
            throw new UserError(file, $"no row is left to train on: {rows} rows are too few");
        if (written[ValidationFile].Rows == 0)
            throw new UserError(file, $"no row is on the validation side: {rows} rows are too few for data.validation");
        if (baseCounts[(int)Side.Test] == 0)
            throw new UserError(file, $"no row is held out: {rows} rows are too few for data.holdOut");
    }

    private static string Sha256(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}

/// <summary>The files of one version, behind the leak guard.</summary>
internal sealed class SideFiles(string folder) : IDisposable
{
    private readonly LeakGuard guard = new();
    private readonly SideFile train = new(folder, DataSetBuilder.TrainFile);
    private readonly SideFile validation = new(folder, DataSetBuilder.ValidationFile);
    private readonly SideFile recentTest = new(folder, DataSetBuilder.RecentFile);
    private readonly SideFile baseTest = new(folder, DataSetBuilder.BaseFile);

    public SideFile Features { get; } = new(folder, DataSetBuilder.FeaturesFile);

    private SideFile[] All => [train, validation, recentTest, baseTest, Features];

    public SideFile For(Side side, bool recent, SplitKey key)
    {
        guard.Check(key, side);
        return side == Side.Train ? train
            : side == Side.Validation ? validation
            : recent ? recentTest
            : baseTest;
    }

    public SortedDictionary<string, FileManifest> Finish() =>
        new(All.ToDictionary(file => file.Name, file => file.Finish()), StringComparer.Ordinal);

    public void Dispose()
    {
        foreach (var file in All)
            file.Dispose();
    }
}
