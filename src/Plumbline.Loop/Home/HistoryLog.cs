using Amazon.Runtime;
using Plumbline.Aws.Client;
using Plumbline.Aws.Errors;
using Plumbline.Records;

namespace Plumbline.Loop.Home;

/// <summary>
/// An act of a person or a policy: one immutable object <c>history/yyyy/mm/dd/&lt;uuidv7&gt;.json</c>.
/// </summary>
/// <param name="Id">UUIDv7: acts sort by their time.</param>
/// <param name="Time">The cloud's time, UTC.</param>
/// <param name="Who">The STS ARN; for a policy <c>policy@commit</c>.</param>
/// <param name="What">approve, reject, retrain, deploy.</param>
/// <param name="Subject">The version or the trigger that it is about.</param>
/// <param name="Why">The reason given.</param>
/// <param name="Evidence">SHA-256 of the evidence that the person saw; null without evidence.</param>
public sealed record HistoryAct(
    Guid Id,
    DateTimeOffset Time,
    string Who,
    string What,
    string Subject,
    string? Why,
    string? Evidence = null
);

/// <summary>The outcome of an act, in a second object next to it.</summary>
/// <param name="Outcome">done, started, refused, deployed, rolledBack, failed.</param>
/// <param name="Detail">The result, or the reason of a failure.</param>
public sealed record HistoryOutcome(string Outcome, string Detail, DateTimeOffset Time);

/// <summary>An act with its outcome, if it has one yet.</summary>
public sealed record HistoryEntry(HistoryAct Act, HistoryOutcome? Outcome);

/// <summary>A loop's history, in its bucket. An act is written before it is carried out; its outcome follows.</summary>
public sealed class HistoryLog(BucketClient bucket, CloudClock clock, string actor)
{
    internal const string Prefix = "history/";
    private const string OutcomeEnd = ".outcome.json";

    /// <summary>Writes an act before it is carried out.</summary>
    public async Task<HistoryAct> BeginAsync(
        string what,
        string subject,
        string? why,
        string? evidence = null,
        string? who = null,
        CancellationToken cancellationToken = default
    )
    {
        var time = await clock.NowAsync(cancellationToken);
        var act = new HistoryAct(Guid.CreateVersion7(time), time, who ?? actor, what, subject, why, evidence);
        await bucket.PutTextAsync(KeyOf(act) + ".json", RecordJson.WriteDocument(act), cancellationToken);
        return act;
    }

    /// <summary>Writes the outcome of an act.</summary>
    public async Task EndAsync(
        HistoryAct act,
        string outcome,
        string detail,
        CancellationToken cancellationToken = default
    )
    {
        var time = await clock.NowAsync(cancellationToken);
        var text = RecordJson.WriteDocument(new HistoryOutcome(outcome, detail, time));
        await bucket.PutTextAsync(KeyOf(act) + OutcomeEnd, text, cancellationToken);
    }

    /// <summary>The newest act of its kind without an outcome, whose process was cut off; null if none was.</summary>
    public async Task<HistoryAct?> FindOpenAsync(string what, string subject, CancellationToken cancellationToken)
    {
        var (acts, outcomes) = await KeysAsync(cancellationToken);
        string[] open = [.. acts.Where(act => !outcomes.Contains(OutcomeOf(act)))];
        var texts = await bucket.TextsAsync(open, cancellationToken);
        return open.Zip(texts, (key, text) => RecordJson.Read<HistoryAct>(text!, key))
            .Where(act => act.What == what && act.Subject == subject)
            .MaxBy(act => act.Id);
    }

    /// <summary>Carries out an act and writes its outcome; an exception is the outcome failed.</summary>
    /// <param name="act">An act from <see cref="BeginAsync"/>.</param>
    /// <param name="doAsync">Carries it out.</param>
    /// <param name="told">Turns the result into an outcome.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public async Task<T> DoAsync<T>(
        HistoryAct act,
        Func<Task<T>> doAsync,
        Func<T, (string Outcome, string Detail)> told,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var result = await doAsync();
            var (outcome, detail) = told(result);
            await EndAsync(act, outcome, detail, cancellationToken);
            return result;
        }
        catch (Exception error) when (error is AwsException or AmazonServiceException or UserError)
        {
            await TryEndAsync(act, error, cancellationToken);
            throw;
        }
    }

    /// <summary>If the bucket fails too, the act stays without an outcome, and the first failure counts.</summary>
    private async Task TryEndAsync(HistoryAct act, Exception failure, CancellationToken cancellationToken)
    {
        try
        {
            await EndAsync(act, "failed", failure.Message, cancellationToken);
        }
        catch (Exception error) when (error is AmazonServiceException or HttpRequestException) { }
    }

    /// <summary>The newest entries, oldest first.</summary>
    public async Task<IReadOnlyList<HistoryEntry>> ReadAsync(
        int most = int.MaxValue,
        CancellationToken cancellationToken = default
    )
    {
        var (all, outcomes) = await KeysAsync(cancellationToken);
        var acts = all.TakeLast(most).ToList();
        var ends = acts.Select(OutcomeOf).Where(outcomes.Contains).ToList();
        var texts = await bucket.TextsAsync([.. acts, .. ends], cancellationToken);
        var ended = ends.Zip(texts.Skip(acts.Count)).ToDictionary(one => one.First, one => one.Second);
        var entries = acts.Zip(
            texts,
            (key, text) =>
                new HistoryEntry(
                    RecordJson.Read<HistoryAct>(text!, key),
                    ended.GetValueOrDefault(OutcomeOf(key)) is { } end
                        ? RecordJson.Read<HistoryOutcome>(end, OutcomeOf(key))
                        : null
                )
        );
        return [.. entries.OrderBy(entry => entry.Act.Id)];
    }

    /// <summary>The keys of all acts, oldest first, and of all outcomes.</summary>
    private async Task<(IReadOnlyList<string> Acts, HashSet<string> Outcomes)> KeysAsync(
        CancellationToken cancellationToken
    )
    {
        var keys = new List<string>();
        await foreach (var item in bucket.ListAsync(Prefix, cancellationToken: cancellationToken))
        {
            keys.Add(item.Key);
        }

        var outcomes = keys.Where(key => key.EndsWith(OutcomeEnd, StringComparison.Ordinal)).ToHashSet();
        // Objects that others put there are not acts.
        return (
            [.. keys.Where(key => !outcomes.Contains(key) && key.EndsWith(".json", StringComparison.Ordinal))],
            outcomes
        );
    }

    /// <summary>The key of an act's outcome, from the act's key.</summary>
    private static string OutcomeOf(string key) => key[..^".json".Length] + OutcomeEnd;

    private static string KeyOf(HistoryAct act) => $"{Prefix}{act.Time:yyyy'/'MM'/'dd}/{act.Id}";
}
