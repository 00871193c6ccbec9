using Plumbline.Loop.Home;
using Plumbline.Records;
using Plumbline.Records.Monitoring;

namespace Plumbline.Loop.GroundTruth;

/// <summary>
/// Keeps the contents of corrected predictions, each once under its hash: captures are deleted after some time, and data
/// sets refer to contents.
/// </summary>
internal sealed class CorrectedContents(LoopContext loop)
{
    /// <summary>Stores the contents of predictions, before their corrections are written.</summary>
    /// <exception cref="UserError">A capture is not there any more.</exception>
    public async Task StoreAsync(IEnumerable<ReviewItem> items, CancellationToken cancellationToken)
    {
        foreach (var item in items.Where(item => item.Content is not null).DistinctBy(item => item.Content!.Key))
        {
            var content = item.Content!;
            if (await loop.Bucket.FindVersionAsync(content.Key, cancellationToken) is not null)
            {
                continue;
            }

            var body = item.Body ?? await CapturedAsync(item, cancellationToken);
            await loop.Bucket.PutContentAsync(
                content.Key,
                new MemoryStream(body),
                content.Type,
                CancellationToken.None
            );
        }
    }

    /// <summary>The content of an item from a list, which has only the hash.</summary>
    private async Task<byte[]> CapturedAsync(ReviewItem item, CancellationToken cancellationToken)
    {
        var window = CaptureWindow.Around(item.InferenceTime);
        var search = await new CapturedPredictions(loop).SearchAsync(item.JoinKey, window, cancellationToken);
        return search.Found?.Content is { } found && found.Pinned.Sha256 == item.Content!.Sha256
            ? found.Body
            : throw new UserError(item.JoinKey, "its capture is not there any more, so its content cannot be kept");
    }
}
