using System.Globalization;
using Plumbline.XGBoost;
using Plumbline.XGBoost.Csv;

namespace Plumbline.Bench.Training;

/// <summary>
/// The lower bound of a training, in its own process: prints the CPU seconds for reading the data into a matrix, and
/// for the library's rounds alone.
/// </summary>
internal static class LibraryAlone
{
    public static Task RunAsync(CancellationToken cancel)
    {
        var parameters = TrainingBench.Parameters;
        var before = Environment.CpuUsage.TotalTime;
        using var train = Read(Environment.GetEnvironmentVariable("TRAIN_FILE")!, cancel);
        var loaded = Environment.CpuUsage.TotalTime;
        using var booster = Booster.Create(parameters, train);
        for (var round = 0; round < TrainingBench.Rounds; round++)
        {
            booster.Update(round, train);
            booster.Evaluate(round, [("train", train)]);
        }

        var trained = Environment.CpuUsage.TotalTime;
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{(loaded - before).TotalSeconds} {(trained - loaded).TotalSeconds}"
            )
        );
        return Task.CompletedTask;
    }

    private static DMatrix Read(string file, CancellationToken cancel)
    {
        using var table = CsvReader.ReadFile(file, new CsvShape(), stop: cancel);
        return DMatrix.FromTable(table, TrainingBench.Threads);
    }
}
