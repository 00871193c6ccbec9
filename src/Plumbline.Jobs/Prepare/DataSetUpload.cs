using Plumbline.Aws.Client;
using Plumbline.Records;
using Plumbline.Records.Data;

namespace Plumbline.Jobs.Prepare;

/// <summary>
/// Uploads a data set version under a key that follows from its content. The manifest comes last, so a version with a
/// manifest is complete.
/// </summary>
internal static class DataSetUpload
{
    private const string Json = "application/json";

    public static async Task<bool> RunAsync(
        BucketClient bucket,
        DataSetManifest manifest,
        string folder,
        CancellationToken ct
    )
    {
        if (await bucket.FindTextAsync(Layout.Manifest(manifest.Version), ct) is not null)
        {
            return false;
        }
        foreach (var name in manifest.Files.Keys)
        {
            await bucket.TryAddFileAsync(
                Layout.DataSet(manifest.Version) + name,
                Path.Combine(folder, name),
                TypeOf(name),
                ct
            );
        }
        var path = Path.Combine(folder, "manifest.json");
        await File.WriteAllTextAsync(path, RecordJson.WriteDocument(manifest), ct);
        return await bucket.TryAddFileAsync(Layout.Manifest(manifest.Version), path, Json, ct);
    }

    private static string TypeOf(string name) =>
        Path.GetExtension(name) switch
        {
            ".json" or ".manifest" => Json,
            ".jsonl" => "application/jsonlines",
            _ => "text/csv",
        };
}
