using Plumbline.Aws.Formats;
using Plumbline.Jobs.Processing;
using Plumbline.Records;

namespace Plumbline.Jobs.Blend;

/// <summary>Models in the loop's bucket, downloaded into the scratch folder.</summary>
internal sealed class StoredModels(ProcessingContext context)
{
    /// <summary>Downloads a model.tar.gz; null if it no longer exists.</summary>
    /// <returns>The path of the archive.</returns>
    public async Task<string?> FindAsync(string uri, CancellationToken ct)
    {
        var model = S3Uri.TryParseObject(uri) ?? throw new UserError(uri, "is not the S3 URI of a model");
        var path = Path.Combine(context.Folders.Scratch, "models", model.Key);
        if (File.Exists(path))
        {
            return path;
        }
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var part = path + ".part";
        var found = await context.Bucket.TryReadAsync(
            model.Key,
            async content =>
            {
                await using var file = File.Create(part);
                await content.CopyToAsync(file, ct);
            },
            ct
        );
        if (!found)
        {
            return null;
        }
        File.Move(part, path);
        return path;
    }
}
