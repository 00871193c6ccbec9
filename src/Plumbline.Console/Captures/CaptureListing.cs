using Amazon.S3.Model;
using Dapper;
using Microsoft.Data.Sqlite;
using Plumbline.Aws.Client;
using Plumbline.Records;

namespace Plumbline.WebConsole.Captures;

/// <summary>A capture file in S3.</summary>
internal sealed record CaptureObject(string Key, string Variant, string ETag, long Size)
{
    /// <summary>The hour and moment when the file was opened, which sort in the order of time.</summary>
    public string Moment => Key[(Key.IndexOf($"/{Variant}/", StringComparison.Ordinal) + Variant.Length + 2)..];
}

/// <summary>
/// Finds the objects that S3 has and the index does not have, and the reverse. An object never changes, and keys sort
/// by their hour; but several variants are active at once, and a file that a restart left comes late. So the newest
/// hours of each variant are listed each time, and everything once an hour.
/// </summary>
internal sealed class CaptureListing(BucketClient bucket, string endpoint, IndexFile file, TimeProvider time)
{
    /// <summary>The most objects of one pass, so that a listing ends and fits in memory.</summary>
    public const int Most = 50_000;

    private const int PageSize = 1000;
    private static readonly TimeSpan WholeEvery = TimeSpan.FromHours(1);

    private readonly string prefix = Layout.EndpointCaptures(endpoint);
    private readonly List<CaptureObject> found = [];
    private readonly List<long> gone = [];
    private long? wholeAt;

    /// <summary>The objects to index, oldest first, and the ids of lost or replaced ones to forget.</summary>
    public async Task<(IReadOnlyList<CaptureObject> New, IReadOnlyList<long> Gone)> NextAsync(
        CancellationToken cancellationToken
    )
    {
        var whole = wholeAt is not { } last || time.GetElapsedTime(last) >= WholeEvery;
        found.Clear();
        gone.Clear();
        foreach (var variant in await VariantsAsync(whole, cancellationToken))
        {
            await ListAsync(variant, whole, cancellationToken);
        }

        if (whole && found.Count < Most)
        {
            wholeAt = time.GetTimestamp();
        }

        return ([.. found.OrderBy(one => one.Moment, StringComparer.Ordinal)], [.. gone]);
    }

    private async Task<IEnumerable<string>> VariantsAsync(bool whole, CancellationToken cancellationToken)
    {
        var folders = await bucket.FoldersAsync(prefix, cancellationToken);
        var variants = folders.Select(folder => folder[prefix.Length..^1]);
        return whole
            ? variants.Union(await QueryAsync<string>("SELECT DISTINCT variant FROM objects", null, cancellationToken))
            : variants;
    }

    private async Task ListAsync(string variant, bool whole, CancellationToken cancellationToken)
    {
        var folder = $"{prefix}{variant}/";
        var after = folder;
        if (!whole)
        {
            var newest = await QueryAsync<string?>(
                "SELECT max(key) FROM objects WHERE key > @folder AND key < @end",
                new { folder, end = folder + Prefixes.End },
                cancellationToken
            );
            after = Layout.HourBefore(folder, newest[0]) ?? folder;
        }

        await foreach (var page in bucket.ListAsync(folder, after, cancellationToken).Chunk(PageSize))
        {
            await CompareAsync(page, variant, after, page[^1].Key, cancellationToken);
            after = page[^1].Key;
            if (found.Count >= Most)
            {
                return;
            }
        }

        // Objects of the index after the last key are gone from S3.
        await CompareAsync([], variant, after, folder + Prefixes.End, cancellationToken);
    }

    private async Task CompareAsync(
        IEnumerable<S3Object> page,
        string variant,
        string after,
        string to,
        CancellationToken cancellationToken
    )
    {
        var indexed = await QueryAsync<(string Key, long Id, string ETag)>(
            "SELECT key, id, etag FROM objects WHERE key > @after AND key <= @to",
            new { after, to },
            cancellationToken
        );
        var known = indexed.ToDictionary(one => one.Key);
        foreach (var item in page.Where(item => item.Key.EndsWith(".jsonl", StringComparison.Ordinal)))
        {
            if (known.TryGetValue(item.Key, out var one) && one.ETag == item.ETag)
            {
                known.Remove(item.Key);
            }
            else
            {
                found.Add(new CaptureObject(item.Key, variant, item.ETag, item.Size ?? 0));
            }
        }

        gone.AddRange(known.Values.Select(one => one.Id));
    }

    private Task<List<T>> QueryAsync<T>(string sql, object? parameters, CancellationToken cancellationToken) =>
        file.ReadAsync(connection => connection.Query<T>(sql, parameters).AsList(), cancellationToken);
}
