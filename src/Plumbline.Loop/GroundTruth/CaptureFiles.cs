using System.Runtime.CompilerServices;
using Plumbline.Aws.Client;
using Plumbline.Records;

namespace Plumbline.Loop.GroundTruth;

/// <summary>The capture files of an hour, the newest first.</summary>
/// <param name="Hour">The hour as in the keys: <c>yyyy/MM/dd/HH</c>.</param>
/// <param name="Files">Their keys and sizes.</param>
internal sealed record CaptureHour(string Hour, IReadOnlyList<(string Key, long Size)> Files);

/// <summary>
/// An endpoint's capture files of all variants, newest first. It finds the newest hour by descending the folders of
/// years, months, days and hours, so that older folders are not even listed.
/// </summary>
internal sealed class CaptureFiles(BucketClient bucket, string endpoint)
{
    private const int Levels = 4;

    /// <summary>The hours that have files.</summary>
    /// <param name="from">A time in the first hour; null for all.</param>
    /// <param name="to">A time in the last hour; null for all.</param>
    public async IAsyncEnumerable<CaptureHour> NewestFirstAsync(
        DateTimeOffset? from,
        DateTimeOffset? to,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var variants = await bucket.FoldersAsync(Layout.EndpointCaptures(endpoint), cancellationToken);
        var range = (from is { } first ? Layout.Hour(first) : "", to is { } last ? Layout.Hour(last) : null);
        await foreach (var (hour, folders) in HoursAsync("", variants, range, cancellationToken))
        {
            yield return new CaptureHour(hour, await FilesAsync(folders, cancellationToken));
        }
    }

    /// <summary>The hours below the folders of one year, month or day; each variant has one folder.</summary>
    private async IAsyncEnumerable<(string Hour, IReadOnlyList<string> Folders)> HoursAsync(
        string time,
        IReadOnlyList<string> folders,
        (string From, string? To) range,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        if (time.Count(letter => letter == '/') == Levels - 1)
        {
            yield return (time, folders);
            yield break;
        }

        var below = new List<string>();
        foreach (var folder in folders)
        {
            below.AddRange(await bucket.FoldersAsync(folder, cancellationToken));
        }

        var times = below
            .GroupBy(folder => folder.Split('/')[^2])
            .Select(group => (Time: time.Length == 0 ? group.Key : $"{time}/{group.Key}", Folders: group.ToList()))
            .Where(one => IsIn(one.Time, range))
            .OrderByDescending(one => one.Time, StringComparer.Ordinal);
        foreach (var one in times)
        {
            await foreach (var hour in HoursAsync(one.Time, one.Folders, range, cancellationToken))
            {
                yield return hour;
            }
        }
    }

    /// <summary>True if a year, month, day or hour overlaps the range.</summary>
    private static bool IsIn(string time, (string From, string? To) range) =>
        string.CompareOrdinal(time, 0, range.From, 0, Math.Min(time.Length, range.From.Length)) >= 0
        && (range.To is not { } to || string.CompareOrdinal(time, 0, to, 0, Math.Min(time.Length, to.Length)) <= 0);

    private async Task<IReadOnlyList<(string Key, long Size)>> FilesAsync(
        IReadOnlyList<string> folders,
        CancellationToken cancellationToken
    )
    {
        var files = new List<(string Moment, string Key, long Size)>();
        foreach (var folder in folders)
        {
            await foreach (var item in bucket.ListAsync(folder, cancellationToken: cancellationToken))
            {
                files.Add((item.Key[folder.Length..], item.Key, item.Size ?? 0));
            }
        }

        return
        [
            .. files
                .OrderByDescending(file => file.Moment, StringComparer.Ordinal)
                .Select(file => (file.Key, file.Size)),
        ];
    }
}
