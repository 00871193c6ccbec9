using Microsoft.Win32.SafeHandles;
using Plumbline.Records.Examples;
using Plumbline.Records.GroundTruth;
using Plumbline.Records.Project;
using Plumbline.Records.Sources;

namespace Plumbline.Records.Data;

/// <summary>
/// Makes a data set version whose examples are contents, by the rules of <see cref="DataSetBuilder"/>. It reads and
/// writes references only; the contents stay where they are. A correction of a content of the base data replaces the
/// label there.
/// </summary>
public static class ContentSetBuilder
{
    private const int LongestLine = 64 * 1024;

    /// <summary>
    /// Builds a version in memory that does not grow with the number of examples; only <c>split: time</c> needs 8 bytes for
    /// each of them.
    /// </summary>
    /// <param name="project">The labels, and the rule that divides the examples.</param>
    /// <param name="list">The list of base data; see <see cref="BaseContents.ToList"/>. Each content has its hash.</param>
    /// <param name="corrections">All corrections, in any order.</param>
    /// <param name="earlierSplits">The split rules under which the ancestors of the model were trained.</param>
    /// <param name="folder">The folder to write to.</param>
    /// <param name="time">The time to write into the manifest.</param>
    /// <param name="bucket">The loop's bucket.</param>
    /// <param name="parent">The version that production was trained on.</param>
    /// <param name="manifests">The manifests in S3 that the list was made of; null if it was made of files.</param>
    /// <param name="progress">Called now and then while the list is read.</param>
    /// <exception cref="UserError">Equal contents have different labels or entities; or a side is empty.</exception>
    public static DataSetManifest Build(
        ProjectDescription project,
        string list,
        IReadOnlyList<Correction> corrections,
        IReadOnlyList<SplitRule> earlierSplits,
        string folder,
        DateTimeOffset time,
        string bucket,
        DataSetManifest? parent = null,
        IReadOnlyList<SourceObject>? manifests = null,
        Action<BaseProgress>? progress = null
    )
    {
        var rule = SplitRule.Of(project.Data);
        earlierSplits = [.. earlierSplits.Where(earlier => earlier != rule).Distinct()];
        using var first = new HashTable(folder);
        var (known, keys, sha256) = Check(list, folder, first, corrections, rule.Method == SplitMethod.Time, progress);
        var (corrected, rest) = CorrectedContent.Gather(
            corrections,
            project,
            known,
            parent?.Corrections.All().ToHashSet() ?? []
        );
        var sides =
            rule.Method == SplitMethod.Hash
                ? Sides.ByHash(rule, earlierSplits)
                : Sides.ByTime(rule, keys, [.. corrected.OrderBy(one => one.First).Select(one => one.Key.Short)]);

        using var files = new ContentSetFiles(folder, bucket, project.Data.ContentPrefixes());
        var truths = corrected.ToDictionary(one => one.Example.Content.Sha256, one => one.Example);
        var correctedKeys = corrected.Select(one => one.Key).ToHashSet();
        var heldOut = new HashSet<SplitKey>();
        var counts = new int[3];
        using (var repeated = new RepeatedContents(folder))
        using (var lines = new ListReader(list, progress))
        {
            while (lines.Read() is { } example)
            {
                var isRepeated = repeated.Has(example, lines.Earlier(first));
                if (isRepeated && example.SourceRef is not null)
                    continue;
                var key = SplitKey.Parse(example.Key)!.Value;
                var side = sides.Of(key);
                if (side == Side.Test && correctedKeys.Contains(key))
                    heldOut.Add(key);
                var truth = truths.GetValueOrDefault(example.Content.Sha256, example);
                files.Write(
                    side,
                    recent: false,
                    example with
                    {
                        Label = truth.Label,
                        Class = truth.Class,
                        Truth = truth.Truth,
                    },
                    // Equal files of the project are one object in the loop's bucket, and two examples.
                    isListed: isRepeated
                );
                counts[(int)side]++;
                if (manifests is null)
                    files.WriteObject(example);
            }
        }
        foreach (var manifest in manifests ?? [])
            files.WriteObject(manifest);
        var taken = WriteCorrections(
            corrected,
            new CorrectionSides(
                project,
                sides,
                heldOut.Contains,
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
            Base = new BaseManifest(sha256, counts[0], counts[1], counts[2]),
            Corrections = taken,
            Files = written,
            Time = time,
        };
    }

    /// <summary>Finds examples that contradict each other, and reads those whose content was corrected.</summary>
    private static (Dictionary<string, Example> Known, List<ulong> Keys, string Sha256) Check(
        string list,
        string folder,
        HashTable first,
        IReadOnlyList<Correction> corrections,
        bool byTime,
        Action<BaseProgress>? progress
    )
    {
        var known = new Dictionary<string, Example>(StringComparer.Ordinal);
        var corrected = corrections.Select(one => one.Content?.Sha256).ToHashSet(StringComparer.Ordinal);
        var keys = new List<ulong>();
        var problems = new ContentProblems();
        var sha256 = "";
        using var repeated = new RepeatedContents(folder);
        using var lines = new ListReader(list, progress, hash => sha256 = hash);
        while (lines.Read() is { } example)
        {
            var earlier = first.TryAdd(HashTable.KeyOf(example.Content.Sha256), lines.Offset, out var offset)
                ? null
                : lines.At(offset);
            if (earlier is not null && ContentCollector.ConflictOf(example, earlier) is { } conflict)
                problems.Add(example.Id, conflict);
            if (byTime && !(repeated.Has(example, earlier) && example.SourceRef is not null))
                keys.Add(SplitKey.Parse(example.Key)!.Value.Short);
            if (corrected.Contains(example.Content.Sha256))
                known[example.Content.Sha256] = example;
        }
        problems.Throw();
        return (known, keys, sha256);
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
            var isKnown = known.ContainsKey(one.Example.Content.Sha256);
            if (side == Side.Test || !isKnown)
                files.Write(side, recent: true, one.Example, isListed: isKnown);
        }
        return rest with
        {
            Train = ids[Side.Train],
            Validation = ids[Side.Validation],
            Recent = ids[Side.Test],
            HeldBack = heldBack,
        };
    }

    /// <summary>Reads the lines of a list one after the other, and single ones again.</summary>
    private sealed class ListReader : IDisposable
    {
        private const int ReportEvery = 100_000;
        private readonly FileStream file;
        private readonly JsonLines lines;
        private readonly SafeFileHandle again;
        private readonly byte[] bytes = new byte[LongestLine];
        private readonly string name;
        private readonly Action<BaseProgress>? progress;
        private Example? current;
        private long count;

        /// <param name="path">The list.</param>
        /// <param name="progress">Called now and then.</param>
        /// <param name="hashed">Gets the SHA-256 of the list in lower hex when its end was read.</param>
        public ListReader(string path, Action<BaseProgress>? progress, Action<string>? hashed = null)
        {
            (name, this.progress) = (Path.GetFileName(path), progress);
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            again = File.OpenHandle(path);
            lines = new JsonLines(name, hashed is null ? file : new HashedFile(file, hashed));
        }

        public long Offset => lines.Offset;

        /// <summary>The next example; null after the last.</summary>
        public Example? Read()
        {
            if (!lines.TryNext(out var line))
                return null;
            if (++count % ReportEvery == 0)
                progress?.Invoke(new BaseProgress(count, 1, 1));
            return current = Parse(line.Span);
        }

        /// <summary>The example at a place.</summary>
        public Example At(long offset)
        {
            var read = RandomAccess.Read(again, bytes, offset);
            var end = bytes.AsSpan(0, read).IndexOf((byte)'\n');
            return Parse(bytes.AsSpan(0, end < 0 ? read : end));
        }

        /// <summary>The first example with the content of the current one; null if that is the first.</summary>
        public Example? Earlier(HashTable first) =>
            first.Of(HashTable.KeyOf(current!.Content.Sha256)) is var offset && offset != Offset ? At(offset) : null;

        public void Dispose()
        {
            file.Dispose();
            again.Dispose();
        }

        private Example Parse(ReadOnlySpan<byte> line) =>
            RecordJson.Read<Example>(
                line,
                string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{name}:{lines.Number}")
            );
    }
}
