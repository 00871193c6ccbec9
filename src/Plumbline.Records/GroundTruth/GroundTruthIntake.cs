namespace Plumbline.Records.GroundTruth;

/// <summary>
/// The progress of taking labels from <c>ground-truth/</c> as corrections: <see cref="Layout.Intake"/>. It avoids
/// reading files again, and records which labels were not used.
/// </summary>
public sealed record GroundTruthIntake
{
    /// <summary>
    /// A multipart upload has the date of its beginning, so a file may appear this long after files with later dates.
    /// </summary>
    private static readonly TimeSpan Late = TimeSpan.FromDays(1);

    /// <summary>The project's labels at that time; with other labels, an unknown one may become known.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>The latest time of a file, UTC; null before the first.</summary>
    public DateTimeOffset? Through { get; init; }

    /// <summary>Files by their keys: the newest ones, and those with labels that were not used.</summary>
    public IReadOnlyDictionary<string, DeliveredFile> Files { get; init; } = new Dictionary<string, DeliveredFile>();

    /// <summary>The files in <see cref="Layout.TruthDrop"/> that were taken or refused, by key.</summary>
    public IReadOnlyDictionary<string, DroppedTruths> Drops { get; init; } = new Dictionary<string, DroppedTruths>();

    /// <summary>Reads the stored record; a missing or unreadable one is as if nothing had been taken.</summary>
    public static GroundTruthIntake Read(string? text)
    {
        try
        {
            return text is null ? new GroundTruthIntake() : RecordJson.Read<GroundTruthIntake>(text, Layout.Intake);
        }
        catch (UserError)
        {
            return new GroundTruthIntake();
        }
    }

    /// <summary>True if a file may have something to take.</summary>
    /// <param name="etag">The ETag of its content.</param>
    /// <param name="written">The time at which it was written.</param>
    /// <param name="labels">All current and former names of the project's labels.</param>
    public bool IsNew(string key, string etag, DateTimeOffset written, IReadOnlyList<string> labels) =>
        Files.TryGetValue(key, out var file)
            ? file.ETag != etag || file.IsOpen || (file.Unknown > 0 && !Labels.SequenceEqual(labels))
            : Through is null || written >= Through - Late;

    /// <summary>Returns this record after more files were read.</summary>
    public GroundTruthIntake With(IReadOnlyList<string> labels, IEnumerable<DeliveredFile> read)
    {
        var files = new SortedDictionary<string, DeliveredFile>(StringComparer.Ordinal);
        foreach (var file in Files.Values.Concat(read))
            files[file.Key] = file;
        var through = files.Values.Select(file => (DateTimeOffset?)file.Written).Append(Through).Max();
        foreach (var old in files.Values.Where(file => !file.HasProblem && file.Written < through - Late).ToList())
            files.Remove(old.Key);
        return new GroundTruthIntake
        {
            Labels = labels,
            Through = through,
            Files = files,
            Drops = Drops,
        };
    }

    /// <summary>True if a file in <see cref="Layout.TruthDrop"/> is to be read.</summary>
    /// <param name="etag">The ETag of its content.</param>
    /// <param name="labels">All current and former names of the project's labels.</param>
    public bool IsNewDrop(string key, string etag, IReadOnlyList<string> labels) =>
        !Drops.TryGetValue(key, out var known)
        || known.ETag != etag
        || (known.Problem is not null && !known.Labels.SequenceEqual(labels));

    /// <summary>
    /// Sentences, each after a blank, about labels of files since a time that were not used; empty if all were.
    /// </summary>
    public string Sentence(DateTimeOffset since)
    {
        var aside = new SetAside();
        foreach (var file in Files.Values.Where(file => file.Written >= since))
            aside.Add(file.SetAside);
        return Refused()
            + Unmatched(since)
            + Told(since, file => file.Unknown, "the project has no such label")
            + aside.Sentence();
    }

    /// <summary>
    /// A sentence after a blank about files in <see cref="Layout.TruthDrop"/> that were refused; empty without such files.
    /// </summary>
    public string Refused()
    {
        var refused = Drops.Values.Where(drop => drop.Problem is not null).OrderBy(drop => drop.Written).ToList();
        return refused.Count == 0
            ? ""
            : $" {Plural.Of(refused.Count, "file of truths is", "files of truths are")} refused: {refused[^1].FirstProblem}"
                + (refused.Count > 1 ? " (the newest)." : ".")
                + " Write the file again when it is right, or delete it.";
    }

    /// <summary>The part of <see cref="Sentence"/> about labels without a captured prediction.</summary>
    public string Unmatched(DateTimeOffset since) =>
        Told(since, file => file.Unmatched, "no captured prediction has their key");

    private string Told(DateTimeOffset since, Func<DeliveredFile, long> count, string why)
    {
        var some = Files.Values.Where(file => file.Written >= since && count(file) > 0).ToList();
        return some.Count == 0
            ? ""
            : $" {Plural.Of(some.Sum(count), "delivered label is", "delivered labels are")} not used, {why}: {some[^1].Key}"
                + (some.Count > 1 ? $" and {Plural.Of(some.Count - 1, "more file", "more files")}." : ".");
    }
}

/// <summary>A file under <c>ground-truth/</c> that a system of the project's owner wrote.</summary>
public sealed record DeliveredFile
{
    /// <summary>
    /// Captures are stored some minutes after the answers, so a label's prediction is searched for this long.
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    public required string Key { get; init; }

    /// <summary>The ETag of the content.</summary>
    public required string ETag { get; init; }

    /// <summary>The time at which the file was written, UTC.</summary>
    public required DateTimeOffset Written { get; init; }

    /// <summary>The time at which its predictions were last searched for, UTC.</summary>
    public required DateTimeOffset Searched { get; init; }

    /// <summary>Labels that became corrections.</summary>
    public long Taken { get; set; }

    /// <summary>Labels that repeat a known label.</summary>
    public long Known { get; set; }

    /// <summary>Labels without a prediction among the captures.</summary>
    public long Unmatched { get; set; }

    /// <summary>Labels that the project does not have.</summary>
    public long Unknown { get; set; }

    /// <summary>Lines that are not ground truth.</summary>
    public SetAside SetAside { get; init; } = new();

    /// <summary>True while a missing prediction may still be captured.</summary>
    public bool IsOpen => Unmatched > 0 && Searched - Written < Patience;

    /// <summary>True if a label was not used.</summary>
    public bool HasProblem => Unmatched + Unknown + SetAside.Lines > 0;
}
