using Amazon.S3.Model;
using Plumbline.Aws.Client;
using Plumbline.Records;
using Plumbline.Records.GroundTruth;
using Plumbline.Records.Monitoring;
using Plumbline.Records.Project;

namespace Plumbline.Jobs.GroundTruth;

/// <summary>
/// Makes corrections of the labels that systems write to <c>ground-truth/</c>, because only corrections are counted,
/// trained on and shown. A person's answer also writes a file there, but a correction of the same name exists for it,
/// so such files are skipped. Before that it delivers the files of <see cref="TruthDrops"/>. The intake is idempotent: repeated or concurrent runs write the same records.
/// </summary>
internal sealed class Intake(BucketClient bucket, ProjectDescription project, string endpoint, DateTimeOffset now)
{
    private const int LinesInAFile = 5000;
    private const int ReadAtOnce = 16;
    private readonly List<Correction> taken = [];

    /// <summary>Takes in new files. Without new files it lists names but does not read content.</summary>
    /// <returns>The state after this run, and the corrections that this run made.</returns>
    public async Task<(GroundTruthIntake State, IReadOnlyList<Correction> Taken)> RunAsync(CancellationToken ct)
    {
        var state = await StateAsync(ct);
        var (drops, areNew) = await new TruthDrops(bucket, project, now).RunAsync(state, Words, ct);
        state = state with { Drops = drops };
        // A person's answer writes its correction first. If corrections were listed first, an answer between the two
        // listings would be mistaken for a system's label.
        var truths = await LinesAsync(Layout.GroundTruth, ct);
        var answered = await LinesAsync(Layout.Corrections, ct);
        var names = answered.Select(file => file.Key[Layout.Corrections.Length..]).ToHashSet(StringComparer.Ordinal);
        var delivered = truths
            .Where(file => !names.Contains(file.Key[Layout.GroundTruth.Length..]))
            .Where(file => state.IsNew(file.Key, file.ETag, Written(file), Words))
            .OrderBy(Written)
            .ToList();
        if (delivered.Count == 0)
        {
            if (areNew)
            {
                await KeepAsync(state, ct);
            }

            return (state, []);
        }

        var labels = new DeliveredLabels(project, endpoint, await SaidAsync(answered, ct));
        var files = new List<DeliveredFile>();
        foreach (var one in delivered)
        {
            var file = new DeliveredFile
            {
                Key = one.Key,
                ETag = one.ETag,
                Written = Written(one),
                Searched = now,
            };
            files.Add(file);
            var given = (await bucket.FindVersionAsync(one.Key, ct))?.Metadata ?? new Dictionary<string, string>();
            var author = DeliveryAuthor.Of(bucket.UriOf(one.Key), given);
            PlacedLineHandler add = (line, _, number) => labels.Add(line, number, file, author, file.Written);
            LongLineHandler tooLong = number => file.SetAside.Add(file.Key, number, LineReader.TooLong);
            await bucket.ReadAsync(one.Key, stream => LineReader.ReadAsync(stream, add, ct, tooLong), ct);
        }

        await SearchAsync(labels, Earliest(state, delivered), ct);
        await WriteAsync(ct);
        state = state.With(Words, files);
        await KeepAsync(state, ct);
        Console.WriteLine(
            $"Ground truth: {Plural.Of(files.Sum(file => file.Taken), "label", "labels")} of {Plural.Of(files.Count, "file", "files")} taken in.{state.Sentence(files.Min(file => file.Written))}"
        );
        return (state, taken);
    }

    private Task KeepAsync(GroundTruthIntake state, CancellationToken ct) =>
        bucket.PutTextAsync(Layout.Intake, RecordJson.WriteDocument(state), "application/json", ct);

    /// <summary>All current and former label names. A former name that is added makes unknown labels known.</summary>
    private IReadOnlyList<string> Words =>
        [.. project.Labels, .. project.FormerLabels.Keys.Order(StringComparer.Ordinal)];

    /// <summary>
    /// The state of the last run. If the state cannot be read, all files are read again; known labels are not taken
    /// twice.
    /// </summary>
    private async Task<GroundTruthIntake> StateAsync(CancellationToken ct) =>
        GroundTruthIntake.Read(await bucket.FindTextAsync(Layout.Intake, ct));

    private async Task<List<S3Object>> LinesAsync(string prefix, CancellationToken ct)
    {
        var files = new List<S3Object>();
        await foreach (var found in bucket.ListAsync(prefix, prefix, ct))
        {
            if (found.Key.EndsWith(Layout.Lines, StringComparison.Ordinal))
            {
                files.Add(found);
            }
        }

        return files;
    }

    private static DateTimeOffset Written(S3Object file) => new(file.LastModified!.Value.ToUniversalTime());

    /// <summary>The latest label of each join key.</summary>
    private async Task<Dictionary<string, Said>> SaidAsync(List<S3Object> answered, CancellationToken ct)
    {
        var all = new List<(string JoinKey, Guid Id, string Label, bool Asked)>();
        await Parallel.ForEachAsync(
            answered,
            new ParallelOptions { MaxDegreeOfParallelism = ReadAtOnce, CancellationToken = ct },
            async (file, stop) =>
            {
                var text = await bucket.FindTextAsync(file.Key, stop) ?? "";
                var said = CorrectionLog.Read(text.Split('\n'), file.Key, new SetAside());
                lock (all)
                {
                    all.AddRange(
                        said.Select(one => (one.JoinKey, one.Id, one.Label, one.List != ReviewList.Volunteered))
                    );
                }
            }
        );
        return all.GroupBy(one => one.JoinKey, StringComparer.Ordinal)
            .ToDictionary(
                ofOne => ofOne.Key,
                ofOne => new Said(ofOne.MaxBy(one => one.Id).Label, ofOne.Any(one => one.Asked)),
                StringComparer.Ordinal
            );
    }

    /// <summary>
    /// The oldest hour of captures to search, or empty for all. If every file was searched before, only captures since
    /// that search can be new.
    /// </summary>
    private static string Earliest(GroundTruthIntake state, List<S3Object> delivered) =>
        delivered.All(file =>
            state.Files.TryGetValue(file.Key, out var known) && known.ETag == file.ETag && known.IsOpen
        )
            ? Layout.Hour(delivered.Min(file => state.Files[file.Key].Searched).AddHours(-2))
            : "";

    /// <summary>Reads captures, newest first, until every label has its prediction.</summary>
    private async Task SearchAsync(DeliveredLabels labels, string earliest, CancellationToken ct)
    {
        if (!labels.IsOpen)
        {
            return;
        }

        var captures = new List<(string Key, string Moment)>();
        foreach (var variant in await bucket.FoldersAsync(Layout.EndpointCaptures(endpoint), ct))
        {
            await foreach (var found in bucket.ListAsync(variant, variant + earliest, ct))
            {
                captures.Add((found.Key, found.Key[variant.Length..]));
            }
        }

        var contents = new List<CapturedContent>();
        LineHandler match = line => taken.AddRange(labels.Match(line, contents.Add));
        foreach (var (key, _) in captures.OrderByDescending(file => file.Moment, StringComparer.Ordinal))
        {
            await bucket.ReadAsync(key, stream => LineReader.ReadAsync(stream, match, ct), ct);
            await KeepAsync(contents, ct);
            if (!labels.IsOpen)
            {
                return;
            }
        }
    }

    /// <summary>Stores the contents of one capture file, before the corrections that refer to them.</summary>
    private async Task KeepAsync(List<CapturedContent> contents, CancellationToken ct)
    {
        foreach (var (content, body, _) in contents)
        {
            await bucket.PutContentAsync(content.Key, new MemoryStream(body), content.Type, ct);
        }

        contents.Clear();
    }

    private async Task WriteAsync(CancellationToken ct)
    {
        foreach (var hour in taken.OrderBy(one => one.Id).GroupBy(one => Layout.Hour(one.Time)))
        {
            foreach (var file in hour.Chunk(LinesInAFile))
            {
                await bucket.PutTextAsync(
                    Layout.CorrectionFile(file[^1].Time, file[^1].Id),
                    string.Concat(file.Select(one => CorrectionLog.ToLine(one) + "\n")),
                    "application/jsonlines",
                    ct
                );
            }
        }
    }
}
