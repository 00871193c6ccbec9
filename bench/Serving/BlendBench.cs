using Plumbline.Bench.Load;

namespace Plumbline.Bench.Serving;

/// <summary>CPU time per request of a blend of 4 x 50 trees and of a model of 50 trees, both of two classes, in turns.</summary>
internal static class BlendBench
{
    private const int Connections = 16;
    private const int Requests = 20_000;

    public static async Task RunAsync(CancellationToken cancel)
    {
        Console.WriteLine("Serving a blend: CPU time (user + system) a request, in microseconds");
        var folder = Directory.CreateTempSubdirectory("plumbline-bench-").FullName;
        try
        {
            using var blend = await ServeAsync(Path.Combine(folder, "four"), 4, cancel);
            using var single = await ServeAsync(Path.Combine(folder, "one"), 1, cancel);
            var row = HttpLoad.Rows(Connections, DigitsModel.Body(1));
            var costs = await Turns.MeasureAsync([new(blend, row, Requests), new(single, row, Requests)], cancel);
            Verdict.AtMost("1 row", "4 x 50 trees / 50 trees", costs[0], costs[1], 1.6);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Task<ServerProcess> ServeAsync(string folder, int parts, CancellationToken cancel)
    {
        DigitsModel.WriteBlend(Path.Combine(folder, "model"), parts);
        return ServingBench.OursAsync(folder, cancel);
    }
}
