using System.Runtime.InteropServices;
using System.Text;
using Plumbline.Records.GroundTruth;
using Plumbline.Records.Project;
using Plumbline.Records.Quality;
using Plumbline.Records.Sources;
using Plumbline.Tables;

namespace Plumbline.Records.Data;

/// <summary>
/// Makes a data set version from base data and corrections: files in, files out. The rules:
/// <list type="bullet">
/// <item>The side of a row is a function of its split key (or of time); all rows with a key are on one side.</item>
/// <item>Of several corrections of one prediction the latest counts; the manifest lists all.</item>
/// <item>A correction on the test side judges first, as <c>recent</c>, if it is of the audit sample; the next version
/// learns it (<see cref="CorrectionSides"/>). The base rows on the test side are never learned.</item>
/// </list>
/// </summary>
public static class DataSetBuilder
{
    /// <summary>A path below the prefix of the version.</summary>
    public const string TrainFile = "train/train.csv";

    /// <inheritdoc cref="TrainFile"/>
    public const string ValidationFile = "validation/validation.csv";

    /// <inheritdoc cref="TrainFile"/>
    public const string RecentFile = "test/recent.csv";

    /// <inheritdoc cref="TrainFile"/>
    public const string BaseFile = "test/base.csv";

    /// <summary>The kinds of the columns, next to the training rows; only if not all are numbers.</summary>
    public const string SchemaFile = $"train/{TableSchema.FileName}";

    /// <summary>
    /// The objects in S3 that the base rows are of, with version and hash; see <see cref="SourceObject.ReadList"/>. Only if
    /// the base data is in S3.
    /// </summary>
    public const string ObjectsFile = "base/objects.jsonl";

    /// <summary>A JSON array with the names of the feature columns, next to the test files.</summary>
    public const string FeaturesFile = "test/features.json";

    /// <summary>Reads the feature columns that a version would have.</summary>
    /// <exception cref="UserError">The base data's header does not fit the project.</exception>
    public static IReadOnlyList<string> ReadFeatures(BaseFiles files, ProjectDescription project)
    {
        using var rows = new BaseRows(files, project);
        return rows.Features;
    }

    /// <summary>Checks the first rows.</summary>
    /// <returns>The feature columns, and the number of rows that were read.</returns>
    /// <exception cref="UserError">A row is invalid; the message has its place.</exception>
    public static (IReadOnlyList<string> Features, int Rows) ReadFirst(
        BaseFiles files,
        ProjectDescription project,
        int most
    )
    {
        using var rows = new BaseRows(files, project);
        var count = 0;
        while (count < most && rows.Read())
            count++;
        return (rows.Features, count);
    }

    /// <summary>The same, from a path; see <see cref="BaseFiles"/>.</summary>
    /// <inheritdoc cref="ReadFeatures(BaseFiles, ProjectDescription)"/>
    public static IReadOnlyList<string> ReadFeatures(string basePath, ProjectDescription project) =>
        ReadFeatures(BaseFiles.Open(basePath, project.Data.Format), project);

    /// <summary>The same, from a path; see <see cref="BaseFiles"/>.</summary>
    /// <inheritdoc cref="Build(ProjectDescription, BaseFiles, IReadOnlyList{Correction}, IReadOnlyList{SplitRule}, string, DateTimeOffset, DataSetManifest, DateTimeOffset?, Action{BaseProgress}, IReadOnlyList{string})"/>
    public static DataSetManifest Build(
        ProjectDescription project,
        string basePath,
        IReadOnlyList<Correction> corrections,
        IReadOnlyList<SplitRule> earlierSplits,
        string folder,
        DateTimeOffset time,
        DataSetManifest? parent = null,
        DateTimeOffset? deployed = null
    ) =>
        Build(
            project,
            BaseFiles.Open(basePath, project.Data.Format),
            corrections,
            earlierSplits,
            folder,
            time,
            parent,
            deployed
        );

    /// <summary>
    /// Builds a version in memory that does not grow with the number of rows; only <c>split: time</c> needs 8 bytes for
    /// each row.
    /// </summary>
    /// <param name="project">The columns, and the rule that divides the rows.</param>
    /// <param name="baseFiles">The base data.</param>
    /// <param name="corrections">All corrections, in any order.</param>
    /// <param name="earlierSplits">The split rules under which the ancestors of the model were trained.</param>
    /// <param name="folder">The folder to write to.</param>
    /// <param name="time">The time to write into the manifest.</param>
    /// <param name="parent">The version that production was trained on, which knows the earlier columns.</param>
    /// <param name="deployed">The time at which the parent's model was first deployed; null if unknown.</param>
    /// <param name="progress">Called now and then while the base data is read.</param>
    /// <param name="keyColumns">See <see cref="DataSetManifest.KeyColumns"/>.</param>
    /// <exception cref="UserError">The data cannot be used; the message names file and line.</exception>
    public static DataSetManifest Build(
        ProjectDescription project,
        BaseFiles baseFiles,
        IReadOnlyList<Correction> corrections,
        IReadOnlyList<SplitRule> earlierSplits,
        string folder,
        DateTimeOffset time,
        DataSetManifest? parent = null,
        DateTimeOffset? deployed = null,
        Action<BaseProgress>? progress = null,
        IReadOnlyList<string>? keyColumns = null
    )
    {
        var rule = SplitRule.Of(project.Data);
        earlierSplits = [.. earlierSplits.Where(earlier => earlier != rule).Distinct()];
        var features = ReadFeatures(baseFiles, project);
        var schemas = FeatureSchema.Line(parent, features, time, deployed);
        var (corrected, rest) = CorrectedRow.Gather(
            corrections,
            project,
            schemas,
            parent?.Corrections.All().ToHashSet() ?? [],
            keyColumns
        );
        var sides =
            rule.Method == SplitMethod.Hash
                ? Sides.ByHash(rule, earlierSplits)
                : Sides.ByTime(
                    rule,
                    ReadKeys(baseFiles, project, progress, keyColumns),
                    [.. corrected.OrderBy(row => row.First).Select(row => row.Key.Short)]
                );

        using var files = new SideFiles(folder);
        var keys = corrected.Select(row => row.Key).ToHashSet();
        var heldOut = new HashSet<SplitKey>();
        var baseCounts = WriteBase(
            baseFiles,
            project,
            key =>
            {
                var side = sides.Of(key);
                if (side != Side.Train && keys.Contains(key))
                    heldOut.Add(key);
                return side;
            },
            files,
            progress,
            keyColumns
        );
        var judging = new CorrectionSides(
            project,
            sides,
            heldOut.Contains,
            corrected.Select(row => (row.Key, row.Audit, row.Known))
        );
        var taken = WriteCorrections(corrected, judging, files, rest);
        files.Features.WriteLine(Encoding.UTF8.GetBytes(RecordJson.Write(features) + "\n"));
        var written = files.Finish();
        if (project.Data.Schema is { } schema)
        {
            using var file = new SideFile(folder, SchemaFile);
            foreach (var line in schema.ToJson().Split('\n', StringSplitOptions.RemoveEmptyEntries))
                file.WriteLine(Encoding.UTF8.GetBytes(line + "\n"));
            written[SchemaFile] = file.Finish();
        }
        if (baseFiles.AreObjects)
            written[ObjectsFile] = WriteObjects(baseFiles, folder);
        RequireRows(baseFiles.Files[0].Name, DataSetFiles.OfTable, written, baseCounts);
        return new DataSetManifest
        {
            Project = project.Name,
            Features = features,
            Schema = project.Data.Schema,
            Labels = project.Labels,
            Schemas = schemas,
            Split = rule,
            EarlierSplits = earlierSplits,
            KeyColumns = keyColumns,
            Base = new BaseManifest(baseFiles.Sha256(), baseCounts[0], baseCounts[1], baseCounts[2]),
            Corrections = taken,
            Files = written,
            Time = time,
        };
    }

    private static List<ulong> ReadKeys(
        BaseFiles files,
        ProjectDescription project,
        Action<BaseProgress>? progress,
        IReadOnlyList<string>? keyColumns
    )
    {
        using var rows = new BaseRows(files, project, progress, keyColumns);
        var keys = new List<ulong>();
        while (rows.Read())
            keys.Add(rows.Key.Short);
        return keys;
    }

    private static int[] WriteBase(
        BaseFiles from,
        ProjectDescription project,
        Func<SplitKey, Side> sideOf,
        SideFiles files,
        Action<BaseProgress>? progress,
        IReadOnlyList<string>? keyColumns
    )
    {
        var counts = new int[3];
        using var rows = new BaseRows(from, project, progress, keyColumns);
        var line = new List<byte>(1024);
        Span<byte> label = stackalloc byte[TruthNumber.MostBytes];
        while (rows.Read())
        {
            var side = sideOf(rows.Key);
            line.Clear();
            line.AddRange(label[..TruthNumber.Write(rows.Label, label)]);
            rows.AppendFeatures(line);
            line.Add((byte)'\n');
            files.For(side, recent: false).WriteLine(CollectionsMarshal.AsSpan(line));
            counts[(int)side]++;
        }
        return counts;
    }

    private static FileManifest WriteObjects(BaseFiles files, string folder)
    {
        using var list = new SideFile(folder, ObjectsFile);
        foreach (var file in files.Files)
            list.WriteLine(Encoding.UTF8.GetBytes(SourceObject.WriteList([file.Object! with { Rows = file.Rows }])));
        return list.Finish();
    }

    private static CorrectionsManifest WriteCorrections(
        List<CorrectedRow> rows,
        CorrectionSides sides,
        SideFiles files,
        CorrectionsManifest rest
    )
    {
        List<Guid> train = [];
        List<Guid> validation = [];
        List<Guid> recent = [];
        List<Guid> heldBack = [];
        // Sort by content instead of correction ids: the same labels make the same files, byte for byte.
        var ordered = rows.OrderBy(row => row.Key.High)
            .ThenBy(row => row.Key.Low)
            .ThenBy(row => row.Label)
            .ThenBy(row => row.Id);
        foreach (var row in ordered)
        {
            if (sides.Of(row.Key, row.Audit, row.Known) is not { } side)
            {
                heldBack.Add(row.Id);
                continue;
            }
            files.For(side, recent: true).Write(row.Label, row.Cells);
            var ids =
                side == Side.Train ? train
                : side == Side.Validation ? validation
                : recent;
            ids.Add(row.Id);
        }
        return rest with { Train = train, Validation = validation, Recent = recent, HeldBack = heldBack };
    }

    /// <summary>Throws if a side of the base data is empty.</summary>
    internal static void RequireRows(
        string file,
        DataSetFiles names,
        IReadOnlyDictionary<string, FileManifest> written,
        int[] baseCounts,
        string unit = "row"
    )
    {
        var few = $"{Plural.Of(baseCounts.Sum(), $"{unit} is", $"{unit}s are")} too few";
        if (written[names.Train].Rows == 0)
            throw new UserError(file, $"no {unit} is left to train on: {few}");
        if (written[names.Validation].Rows == 0)
            throw new UserError(file, $"no {unit} is on the validation side: {few} for data.validation");
        if (baseCounts[(int)Side.Test] == 0)
            throw new UserError(file, $"no {unit} is held out: {few} for data.holdOut");
    }
}
