using System.Globalization;
using Plumbline.Bench.Load;

namespace Plumbline.Bench.ObjectStore;

/// <summary>
/// boto3 with the local cloud, moto_server and s3rver, in turns: wall time of the client and CPU time of the server.
/// Only the local cloud flushes stored data to the disk.
/// </summary>
internal static class ObjectStoreBench
{
    private const int Rounds = 5;
    private static readonly Work Small = new("4 KiB", 4096, 300);
    private static readonly Work Large = new("64 MiB", 64 << 20, 2);

    public static async Task RunAsync(CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("plumbline-bench-").FullName;
        try
        {
            await RunAsync(folder, cancel);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task RunAsync(string folder, CancellationToken cancel)
    {
        Console.WriteLine("Objects by boto3, one client: milliseconds an object");
        using var cloud = await BenchCloud.StartAsync(Path.Combine(folder, "cloud"), "[]", cancel);
        var keys = await cloud.Connection.Credentials.GetCredentialsAsync();
        var ours = new S3Peer(cloud.Process, keys.AccessKey, keys.SecretKey);
        using var moto = await S3Peer.MotoAsync(cancel);
        using var s3rver = await S3Peer.S3rverAsync(Path.Combine(folder, "s3rver"), cancel);

        var put = await MeasureAsync("put", Small, [ours, moto], cancel);
        var get = await MeasureAsync("get", Small, [ours, moto], cancel);
        Verdict.AtLeast("4 KiB", "PUT wall, moto / ours", put[0].Wall, put[1].Wall, 2.2);
        Verdict.AtLeast("4 KiB", "PUT CPU, moto / ours", put[0].Cpu, put[1].Cpu, 3);
        Verdict.AtLeast("4 KiB", "GET wall, moto / ours", get[0].Wall, get[1].Wall, 3);
        Verdict.AtLeast("4 KiB", "GET CPU, moto / ours", get[0].Cpu, get[1].Cpu, 6);

        put = await MeasureAsync("put", Large, [ours, s3rver, moto], cancel);
        get = await MeasureAsync("get", Large, [ours, s3rver, moto], cancel);
        Verdict.AtLeast("64 MiB", "PUT wall, s3rver / ours", put[0].Wall, put[1].Wall, 1);
        Verdict.AtLeast("64 MiB", "PUT wall, moto / ours", put[0].Wall, put[2].Wall, 1);
        Verdict.AtLeast("64 MiB", "GET wall, s3rver / ours", get[0].Wall, get[1].Wall, 1.2);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"64 MiB     server CPU, ms an object: PUT ours {put[0].Cpu:F0}, s3rver {put[1].Cpu:F0}, moto {put[2].Cpu:F0}; GET ours {get[0].Cpu:F0}, s3rver {get[1].Cpu:F0}, moto {get[2].Cpu:F0}"
            )
        );
        Verdict.Limit("64 MiB", "peak memory of the local cloud, MiB", cloud.Process.PeakMemoryMiB(), 150);
    }

    /// <summary>Takes the least of several rounds, because other work on the machine can only add time.</summary>
    private static async Task<(double Wall, double Cpu)[]> MeasureAsync(
        string verb,
        Work work,
        S3Peer?[] peers,
        CancellationToken cancel
    )
    {
        var least = new (double Wall, double Cpu)[peers.Length];
        Array.Fill(least, (double.MaxValue, double.MaxValue));
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var (i, peer) in peers.Index())
            {
                var (wall, cpu) = peer is null
                    ? (double.NaN, double.NaN)
                    : await peer.RunAsync(verb, work.Size, work.Count, cancel);
                least[i] = (
                    Math.Min(least[i].Wall, wall / work.Count * 1e3),
                    Math.Min(least[i].Cpu, cpu / work.Count * 1e3)
                );
            }
        }

        return least;
    }

    private sealed record Work(string Name, int Size, int Count);
}
