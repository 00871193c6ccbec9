using Plumbline.Loop.Home;
using Plumbline.Records;
using Plumbline.Records.Data;

namespace Plumbline.Loop.Data;

/// <summary>The data set versions of a loop.</summary>
public sealed class DataSets(LoopContext loop)
{
    /// <summary>All manifests, in the order in which they were made.</summary>
    public async Task<IReadOnlyList<DataSetManifest>> ListAsync(CancellationToken cancellationToken = default)
    {
        var manifests = new List<DataSetManifest>();
        foreach (var key in await KeysAsync(cancellationToken))
        {
            manifests.Add(await ReadAsync(key, cancellationToken));
        }

        return manifests;
    }

    /// <summary>The newest manifest; null before the first.</summary>
    public async Task<DataSetManifest?> NewestAsync(CancellationToken cancellationToken = default) =>
        await KeysAsync(cancellationToken) is [.., var newest] ? await ReadAsync(newest, cancellationToken) : null;

    /// <summary>The manifest of a version, or null.</summary>
    public async Task<DataSetManifest?> FindAsync(string version, CancellationToken cancellationToken = default) =>
        await loop.Bucket.FindTextAsync(Layout.Manifest(version), cancellationToken) is { } text
            ? RecordJson.Read<DataSetManifest>(text, Layout.Manifest(version))
            : null;

    private async Task<DataSetManifest> ReadAsync(string key, CancellationToken cancellationToken) =>
        RecordJson.Read<DataSetManifest>((await loop.Bucket.FindTextAsync(key, cancellationToken))!, key);

    private async Task<List<string>> KeysAsync(CancellationToken cancellationToken)
    {
        var found = new List<(string Key, DateTime? Modified)>();
        await foreach (var item in loop.Bucket.ListAsync(Layout.DataSets, cancellationToken: cancellationToken))
        {
            if (item.Key.EndsWith("/manifest.json", StringComparison.Ordinal))
            {
                found.Add((item.Key, item.LastModified));
            }
        }

        return [.. found.OrderBy(one => one.Modified).Select(one => one.Key)];
    }
}
