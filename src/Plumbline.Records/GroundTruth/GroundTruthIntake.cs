namespace Plumbline.Records.GroundTruth;

/// <summary>
/// How far the labels that systems deliver to <c>ground-truth/</c> were taken in as corrections:
/// <see cref="Layout.Intake"/>. It saves reading what was read, and keeps what could not be taken.
/// </summary>
public sealed record GroundTruthIntake
{
    /// <summary>An upload in parts is dated by its beginning: so long it may come after what is dated later.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromDays(1);

    /// <summary>The project's labels then: with others, unknown ones may be known.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>The newest time at which a file was written; UTC, null before the first.</summary>
    public DateTimeOffset? Through { get; init; }

    /// <summary>Files by their keys: the newest, and those of which something could not be taken.</summary>
    public IReadOnlyDictionary<string, DeliveredFile> Files { get; init; } = new Dictionary<string, DeliveredFile>();

    /// <summary>Reads what was written; nothing where there is none, or where it cannot be read.</summary>
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

    /// <summary>True where there is something to take in of a file.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="etag">What names its content.</param>
    /// <param name="written">When it was written.</param>
    /// <param name="labels">All the words that name a label now: the project's, and what they were called before.</param>
    public bool IsNew(string key, string etag, DateTimeOffset written, IReadOnlyList<string> labels) =>
        Files.TryGetValue(key, out var file)
            ? file.ETag != etag || file.IsOpen || (file.Unknown > 0 && !Labels.SequenceEqual(labels))
            : Through is null || written >= Through - Late;

    /// <summary>This, after some files.</summary>
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
        };
    }

    /// <summary>The labels that could not be taken of files since a time, as sentences after a blank; empty where all was.</summary>
    public string Sentence(DateTimeOffset since)
    {
        var aside = new SetAside();
        foreach (var file in Files.Values.Where(file => file.Written >= since))
            aside.Add(file.SetAside);
        return Unmatched(since) + Told(since, file => file.Unknown, "the project has no such label") + aside.Sentence();
    }

    /// <summary>The part of it that only looking through all captures tells.</summary>
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
    /// <summary>Captures come some minutes after the answers: so long a label waits for its own.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    /// <summary>Its key.</summary>
    public required string Key { get; init; }

    /// <summary>The ETag, which names its content.</summary>
    public required string ETag { get; init; }

    /// <summary>When it was written, UTC.</summary>
    public required DateTimeOffset Written { get; init; }

    /// <summary>When its predictions were last looked for, UTC.</summary>
    public required DateTimeOffset Searched { get; init; }

    /// <summary>Labels that became corrections.</summary>
    public long Taken { get; set; }

    /// <summary>Labels that say what was said already.</summary>
    public long Known { get; set; }

    /// <summary>Labels whose prediction is not among the captures.</summary>
    public long Unmatched { get; set; }

    /// <summary>Labels that are not one of the project's.</summary>
    public long Unknown { get; set; }

    /// <summary>Lines that are not ground truth.</summary>
    public SetAside SetAside { get; init; } = new();

    /// <summary>True where a prediction may still come.</summary>
    public bool IsOpen => Unmatched > 0 && Searched - Written < Patience;

    /// <summary>True where something was not taken.</summary>
    public bool HasProblem => Unmatched + Unknown + SetAside.Lines > 0;
}
