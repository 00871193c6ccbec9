using Plumbline.Jobs.Processing;
using Plumbline.Records;
using Plumbline.Records.Data;

namespace Plumbline.Jobs.Prepare;

/// <summary>
/// Uploads a data set version under a key that follows from its content. The manifest comes last, so a version with a
/// manifest is complete.
/// </summary>
internal static class DataSetUpload
{
    public static async Task<bool> RunAsync(
        S3Files bucket,
        DataSetManifest manifest,
        string folder,
        CancellationToken ct
    )
    {
        if (await bucket.ReadAsync(Layout.Manifest(manifest.Version), ct) is not null)
        {
            return false;
        }
        foreach (var name in manifest.Files.Keys)
        {
            await bucket.WriteOnceAsync(Layout.DataSet(manifest.Version) + name, Path.Combine(folder, name), ct);
        }
        var path = Path.Combine(folder, "manifest.json");
        await File.WriteAllTextAsync(path, RecordJson.WriteDocument(manifest), ct);
        return await bucket.WriteOnceAsync(Layout.Manifest(manifest.Version), path, ct);
    }
}
