using Plumbline.Bench.Load;

namespace Plumbline.Bench.Serving;

/// <summary>CPU time per request of a blend of 4 x 50 rounds and of a model of 50 rounds, in turns.</summary>
internal static class BlendBench
{
    private const int Connections = 16;
    private const int Requests = 20_000;

    public static async Task RunAsync(CancellationToken cancel)
    {
        Console.WriteLine("Serving a blend: CPU time (user + system) a request, in microseconds");
        foreach (var classes in (int[])[2, 10])
        {
            var folder = Directory.CreateTempSubdirectory("plumbline-bench-").FullName;
            try
            {
                using var blend = await ServeAsync(Path.Combine(folder, "four"), 4, classes, cancel);
                using var single = await ServeAsync(Path.Combine(folder, "one"), 1, classes, cancel);
                var row = HttpLoad.Rows(Connections, DigitsModel.Body(1));
                var costs = await Turns.MeasureAsync([new(blend, row, Requests), new(single, row, Requests)], cancel);
                Verdict.AtMost($"{classes} classes", "4 x 50 rounds / 50 rounds", costs[0], costs[1], 1.6);
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private static Task<ServerProcess> ServeAsync(string folder, int parts, int classes, CancellationToken cancel)
    {
        DigitsModel.WriteBlend(Path.Combine(folder, "model"), parts, classes);
        return ServingBench.OursAsync(folder, cancel);
    }
}
