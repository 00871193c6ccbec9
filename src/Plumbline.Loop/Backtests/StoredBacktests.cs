using Plumbline.Aws.Client;
using Plumbline.Records;
using Plumbline.Records.Backtests;

namespace Plumbline.Loop.Backtests;

/// <summary>The reports of backtests in a loop's bucket.</summary>
/// <param name="bucket">The loop's bucket.</param>
public sealed class StoredBacktests(BucketClient bucket)
{
    /// <summary>Stores a report, and returns its key.</summary>
    public async Task<string> StoreAsync(BacktestReport report, CancellationToken cancellationToken)
    {
        var key = Layout.Backtest(report.Time);
        await bucket.PutTextAsync(key, RecordJson.Write(report), "application/json", cancellationToken);
        return key;
    }

    /// <summary>The names of all reports, newest first.</summary>
    public async Task<IReadOnlyList<string>> NamesAsync(CancellationToken cancellationToken)
    {
        var names = new List<string>();
        await foreach (var item in bucket.ListAsync(Layout.Backtests, null, cancellationToken))
        {
            names.Add(item.Key[Layout.Backtests.Length..].Replace(".json", "", StringComparison.Ordinal));
        }
        names.Reverse();
        return names;
    }

    /// <summary>A report by its name; null if it does not exist.</summary>
    public async Task<BacktestReport?> FindAsync(string name, CancellationToken cancellationToken)
    {
        var key = $"{Layout.Backtests}{name}.json";
        return await bucket.FindTextAsync(key, cancellationToken) is { } text
            ? RecordJson.Read<BacktestReport>(text, key)
            : null;
    }
}
