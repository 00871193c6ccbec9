using System.Diagnostics;
using System.Globalization;
using Amazon.S3;
using Microsoft.Data.Sqlite;
using Plumbline.Aws.Client;
using Plumbline.Aws.Formats;
using Plumbline.Bench.Load;
using Plumbline.Bench.Prepare;
using Plumbline.Loop.Data;
using Plumbline.Loop.Project;
using Plumbline.Records.Data;
using Plumbline.Records.Project;

namespace Plumbline.Bench.Listing;

/// <summary>
/// The listing of a push over millions of objects of a real local cloud: CPU time and peak memory of the lister, and one
/// that is killed half way and continues. The objects are rows of the cloud's database without files, because only
/// their names are read.
/// </summary>
internal static class ListingBench
{
    private const string Photos = "photos";
    private const string Lists = "lists";

    /// <param name="args">The name of the bench, and the millions of objects (10).</param>
    /// <param name="cancel">Ends it.</param>
    public static async Task RunAsync(string[] args, CancellationToken cancel)
    {
        var objects = (long)(1e6 * (args.Length > 1 ? double.Parse(args[1], CultureInfo.InvariantCulture) : 10));
        var folder = Directory.CreateTempSubdirectory("plumbline-bench-").FullName;
        try
        {
            using var cloud = await BenchCloud.StartAsync(folder, "[]", cancel);
            using (var s3 = S3ClientFactory.Create(cloud.Connection))
            {
                await s3.PutBucketAsync(Photos, cancel);
                await s3.PutBucketAsync(Lists, cancel);
            }

            await AddObjectsAsync(Path.Combine(folder, "plumbline.db"), objects, cancel);
            await ListAsync(folder, cloud, killAt: null, cancel);
            await ListAsync(folder, cloud, killAt: objects / 2, cancel);
            await ListAsync(folder, cloud, killAt: null, cancel);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Lists inside a process of its own, and prints the objects, the CPU seconds and the peak memory.</summary>
    public static async Task ListAsync(string folder, CancellationToken cancel)
    {
        using var connection = AwsConnection.To(
            CloudFile.Parse(await File.ReadAllTextAsync(CloudFile.In(folder), cancel))
        );
        using var s3 = S3ClientFactory.Create(connection);
        var project = new ProjectFolder(
            folder,
            ProjectDescription.Parse(
                $"""
                name: photos
                data:
                  format: folders
                  file: s3://{Photos}/all/
                labels: [no, yes]
                training:
                  algorithm: pytorch
                """
            )
        );
        var collector = new ContentCollector(project.Description, _ => { });
        var parts = new ListedParts(new BucketClient(s3, Lists), DateTimeOffset.UtcNow);
        await ContentListing.ReadAsync(project, () => s3, collector, _ => { }, parts, cancel);
        using var self = Process.GetCurrentProcess();
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{collector.Count} objects, {self.TotalProcessorTime.TotalSeconds:0.0} s CPU, {self.PeakWorkingSet64 / 1048576.0:0} MiB (bar {PrepareBench.MostMemory})"
            )
        );
    }

    private static async Task AddObjectsAsync(string database, long count, CancellationToken cancel)
    {
        await using var connection = new SqliteConnection($"Data Source={database}");
        await connection.OpenAsync(cancel);
        await using var command = connection.CreateCommand();
        command.CommandTimeout = 0;
        command.CommandText = """
            WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < $count)
            INSERT INTO objects (bucket, key, file, size, etag, modified, properties)
            SELECT 'photos',
                   CAST(printf('all/%s/%09d.jpg', iif(i < $count / 2, 'no', 'yes'), i) AS BLOB),
                   printf('bench-%d', i), 24000, printf('%032x', i), 1700000000000, '{}'
            FROM n
            """;
        command.Parameters.AddWithValue("$count", count);
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Lists in a process of its own, which is killed once it reports this number of objects.</summary>
    private static async Task ListAsync(string folder, BenchCloud cloud, long? killAt, CancellationToken cancel)
    {
        var self = Path.Combine(AppContext.BaseDirectory, "plumbline-bench.dll");
        var start = new ProcessStartInfo("dotnet", [self, "list-objects", folder])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_GCHeapHardLimit"] = PrepareBench.MostHeap;
        var (clock, before) = (Stopwatch.StartNew(), cloud.Process.CpuSeconds());
        using var lister = Process.Start(start)!;
        var report = "";
        while (await lister.StandardError.ReadLineAsync(cancel) is { } line)
        {
            report = line.Contains("interrupted", StringComparison.Ordinal) ? line : report;
            if (
                killAt is { } at
                && line.StartsWith(at.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            )
            {
                lister.Kill();
            }
        }

        var output = await lister.StandardOutput.ReadToEndAsync(cancel);
        await lister.WaitForExitAsync(cancel);
        var result = killAt is { } killed ? $"killed at {killed} objects" : output.Trim();
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{result}; local cloud {cloud.Process.CpuSeconds() - before:0.0} s CPU, {clock.Elapsed.TotalSeconds:0} s. {report}"
            )
        );
    }
}
