using Plumbline.Loop.Home;
using Plumbline.Records;
using Plumbline.Records.Data;
using Plumbline.Records.GroundTruth;
using Plumbline.Records.Project;
using Plumbline.Records.Sources;

namespace Plumbline.Loop.GroundTruth;

/// <summary>
/// Delivers truths that another system knows: all of them become one object of ground truth in AWS's format, which the
/// next measurement and the next training take in.
/// </summary>
public sealed class TruthImport(LoopContext loop)
{
    /// <summary>Checks a whole file, and then writes the object.</summary>
    /// <param name="path">CSV, JSON Lines or Parquet; see <see cref="TruthFile"/>.</param>
    /// <param name="columns">The columns, or JSON members, of key and label.</param>
    /// <param name="reason">The reason for the truths, if given.</param>
    /// <param name="cancellationToken">Ends it before the object is written.</param>
    /// <returns>The delivery, and false if the same truths were delivered in this hour.</returns>
    /// <exception cref="UserError">The file is missing or has an invalid line; nothing was written.</exception>
    public async Task<(TruthDelivery Delivery, bool IsNew)> FileAsync(
        string path,
        (string Key, string Label) columns,
        string? reason,
        CancellationToken cancellationToken
    )
    {
        var file = Path.GetFileName(path);
        if (!File.Exists(path))
        {
            throw new UserError(path, "the file does not exist");
        }

        var files = BaseFiles.Open(path);
        // A row of Parquet is a line below a header line.
        await using var content =
            files.Files[0].Format == SourceFormat.Parquet ? files.OpenAsOne() : files.Files[0].Open();
        var lines = new TruthFile(file, loop.Project, columns).Read(content);
        return await DeliverAsync("import", file, lines, reason, cancellationToken);
    }

    /// <summary>Writes the object of checked truths; durable when this returns.</summary>
    /// <param name="way">How the truths came, which the history and the object's key say.</param>
    /// <param name="subject">The name of the file or of the sender, for the history.</param>
    /// <param name="lines">The truths, by <see cref="TruthFile"/>.</param>
    /// <param name="reason">The reason for the truths, if given.</param>
    /// <param name="cancellationToken">Ends it before the object is written.</param>
    /// <returns>The delivery, and false if the same truths were delivered in this hour.</returns>
    public async Task<(TruthDelivery Delivery, bool IsNew)> DeliverAsync(
        string way,
        string subject,
        IReadOnlyList<string> lines,
        string? reason,
        CancellationToken cancellationToken
    )
    {
        var delivery = TruthDelivery.Of(way, await loop.Clock.NowAsync(cancellationToken), lines);
        var text = Plural.Of(delivery.Truths, "truth", "truths");
        var act = await loop.History.BeginAsync(
            "import",
            subject,
            string.IsNullOrWhiteSpace(reason) ? text : $"{text}: {reason}",
            cancellationToken: cancellationToken
        );
        var isNew = await loop.History.DoAsync(
            act,
            () =>
                loop.Bucket.TryAddTextAsync(
                    delivery.Key,
                    delivery.Text,
                    TruthDelivery.Metadata(loop.Actor.Split(' ')[^1], reason),
                    CancellationToken.None
                ),
            isNew => ("done", isNew ? $"Delivered as {delivery.Key}." : $"Delivered before as {delivery.Key}."),
            CancellationToken.None
        );
        return (delivery, isNew);
    }
}
