using System.IO.Compression;
using Amazon.S3.Model;
using Plumbline.Aws.Client;
using Plumbline.Records;
using Plumbline.Records.Data;
using Plumbline.Records.GroundTruth;
using Plumbline.Records.Project;
using Plumbline.Records.Sources;

namespace Plumbline.Jobs.GroundTruth;

/// <summary>
/// Delivers the files of truths that any tool put into <see cref="Layout.TruthDrop"/>. Each becomes one object of ground
/// truth, whose key follows from the file's key and ETag. So a run that repeats a killed one, or runs beside another,
/// delivers nothing twice. A file with one invalid line is refused whole. No file is moved or deleted: it may be replaced
/// at any moment.
/// </summary>
internal sealed class TruthDrops(BucketClient bucket, ProjectDescription project, DateTimeOffset now)
{
    private const long LargestFile = 256L * 1024 * 1024;

    /// <summary>Delivers the new files.</summary>
    /// <returns>The reports about all files that are there, and true if one of them is new.</returns>
    public async Task<(IReadOnlyDictionary<string, DroppedTruths> Drops, bool AreNew)> RunAsync(
        GroundTruthIntake state,
        IReadOnlyList<string> labels,
        CancellationToken ct
    )
    {
        var drops = new SortedDictionary<string, DroppedTruths>(StringComparer.Ordinal);
        var areNew = false;
        await foreach (var file in bucket.ListAsync(Layout.TruthDrop, Layout.TruthDrop, ct))
        {
            // Markers of programs, such as _SUCCESS, and of folders.
            if (file.Key.EndsWith('/') || file.Key[(file.Key.LastIndexOf('/') + 1)..][0] is '_' or '.')
            {
                continue;
            }

            if (!state.IsNewDrop(file.Key, file.ETag, labels))
            {
                drops[file.Key] = state.Drops[file.Key];
                continue;
            }

            areNew = true;
            drops[file.Key] = await DeliverAsync(file, ct) with { Labels = labels };
            var report = RecordJson.WriteDocument(drops[file.Key]);
            await bucket.PutTextAsync(Layout.DropReport(file.Key), report, "application/json", ct);
        }

        return (drops, areNew || drops.Count != state.Drops.Count);
    }

    private async Task<DroppedTruths> DeliverAsync(S3Object file, CancellationToken ct)
    {
        var report = new DroppedTruths
        {
            Key = file.Key,
            ETag = file.ETag,
            Written = new DateTimeOffset(file.LastModified!.Value.ToUniversalTime()),
            Read = now,
        };
        try
        {
            var version = await bucket.FindVersionAsync(file.Key, ct);
            if (version?.ETag != file.ETag)
            {
                // Replaced or deleted since the listing: the next run reads the other one.
                return report with { ETag = "" };
            }

            var author = DeliveryAuthor.Of(bucket.UriOf(file.Key), version.Metadata);
            report = report with { Who = author.Who, Reason = author.Reason };
            var lines = await ReadAsync(file, version.Metadata, ct);
            var delivery = TruthDelivery.Of("drop", report.Written, lines, origin: $"{file.Key}\n{file.ETag}");
            var metadata = TruthDelivery.Metadata(author.Who ?? file.Key, author.Reason);
            await bucket.TryAddTextAsync(delivery.Key, delivery.Text, metadata, ct);
            Console.WriteLine($"{file.Key}: {Plural.Of(delivery.Truths, "truth", "truths")}, as {delivery.Key}.");
            return report with { Truths = delivery.Truths, Delivered = delivery.Key };
        }
        catch (Exception error) when (error is UserError or InvalidDataException)
        {
            var problem = error is UserError ? error.Message : $"{file.Key}: cannot be unpacked: {error.Message}";
            Console.WriteLine($"Refused: {problem}");
            return report with { Problem = problem };
        }
    }

    private async Task<IReadOnlyList<string>> ReadAsync(
        S3Object file,
        IReadOnlyDictionary<string, string> metadata,
        CancellationToken ct
    )
    {
        var format =
            FileNames.FormatOf(file.Key, given: null)
            ?? throw new UserError(file.Key, $"is not a file of truths: its name must end in {FileNames.Known}");
        if (file.Size > LargestFile)
        {
            throw new UserError(file.Key, $"is larger than {LargestFile >> 20} MiB: divide it into several files");
        }

        var truths = new TruthFile(
            file.Key,
            project,
            (
                metadata.GetValueOrDefault("key") ?? TruthFile.UsualColumns.Key,
                metadata.GetValueOrDefault("label") ?? TruthFile.UsualColumns.Label
            )
        );
        if (format == SourceFormat.Parquet)
        {
            return await ReadParquetAsync(file.Key, truths, ct);
        }

        using var content = new MemoryStream();
        await bucket.ReadAsync(file.Key, stream => stream.CopyToAsync(content, ct), ct);
        content.Position = 0;
        await using var plain = FileNames.IsGzipped(file.Key)
            ? new GZipStream(content, CompressionMode.Decompress)
            : (Stream)content;
        return truths.Read(plain);
    }

    /// <summary>A row of Parquet is a line below a header line. Its reader needs a file.</summary>
    private async Task<IReadOnlyList<string>> ReadParquetAsync(string key, TruthFile truths, CancellationToken ct)
    {
        var path = Path.Combine(Path.GetTempPath(), $"plumbline-truth-{Guid.NewGuid():N}.parquet");
        try
        {
            await using (var file = File.Create(path))
            {
                await bucket.ReadAsync(key, stream => stream.CopyToAsync(file, ct), ct);
            }

            await using var rows = new BaseFiles([BaseFile.OnDisk(path, key, SourceFormat.Parquet)]).OpenAsOne();
            return truths.Read(rows);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
