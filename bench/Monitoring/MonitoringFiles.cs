using Amazon.S3.Model;
using Plumbline.Aws.Client;
using Plumbline.Bench.Captures;
using Plumbline.Records;

namespace Plumbline.Bench.Monitoring;

/// <summary>Captures and labels of a window, in files of ten thousand lines.</summary>
internal static class MonitoringFiles
{
    /// <summary>The bucket of the files in a local cloud.</summary>
    public const string Bucket = "plumbline-digits-000000000000";

    private const int LinesPerFile = 10_000;

    /// <param name="count">The number of captures, and of labels.</param>
    /// <param name="mixed">True if every other capture has blanks after colons and commas.</param>
    /// <param name="cancel">Stops between two files.</param>
    public static async Task WriteAsync(string folder, int count, bool mixed, CancellationToken cancel)
    {
        var captures = new DigitCaptures();
        Directory.CreateDirectory(Path.Combine(folder, "captures"));
        Directory.CreateDirectory(Path.Combine(folder, "labels"));
        for (var first = 0; first < count; first += LinesPerFile)
        {
            var name = $"{first / LinesPerFile:000}.jsonl";
            var numbers = Enumerable.Range(first, LinesPerFile).ToList();
            var lines = numbers.Select(number => captures.CaptureLine(number, mixed && number % 2 == 1));
            await File.WriteAllTextAsync(Path.Combine(folder, "captures", name), string.Concat(lines), cancel);
            var labels = string.Concat(numbers.Select(DigitCaptures.LabelLine));
            await File.WriteAllTextAsync(Path.Combine(folder, "labels", name), labels, cancel);
        }
    }

    /// <summary>Uploads the files to the place where the monitor job reads them.</summary>
    public static async Task UploadAsync(string folder, AwsConnection connection, CancellationToken cancel)
    {
        using var s3 = S3ClientFactory.Create(connection);
        await s3.PutBucketAsync(Bucket, cancel);
        var hour = Layout.Hour(DigitCaptures.Time(0));
        foreach (
            var (prefix, files) in new[]
            {
                ("captures/digits/AllTraffic/", Captures(folder)),
                ("ground-truth/", Labels(folder)),
            }
        )
        {
            foreach (var file in files)
            {
                var key = $"{prefix}{hour}/{Path.GetFileName(file)}";
                await s3.PutObjectAsync(
                    new PutObjectRequest
                    {
                        BucketName = Bucket,
                        Key = key,
                        FilePath = file,
                    },
                    cancel
                );
            }
        }
    }

    public static IReadOnlyList<string> Captures(string folder) => Files(Path.Combine(folder, "captures"));

    public static IReadOnlyList<string> Labels(string folder) => Files(Path.Combine(folder, "labels"));

    private static List<string> Files(string folder) => [.. Directory.GetFiles(folder).Order(StringComparer.Ordinal)];
}
