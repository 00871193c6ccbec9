using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Plumbline.Bench.Load;
using Plumbline.XGBoost.Models;

namespace Plumbline.Bench.Training;

/// <summary>
/// The train job on 500,000 rows of 30 features, compared with libxgboost's rounds alone and with pandas and
/// python3-xgboost, in turns; the least CPU time of several rounds.
/// </summary>
internal static class TrainingBench
{
    public const int Rounds = 50;
    public const int Threads = 2;
    private const int Turns = 3;

    public static KeyValuePair<string, string>[] Parameters =>
        [
            new("objective", "binary:logistic"),
            new("eval_metric", "logloss"),
            new("tree_method", "hist"),
            new("max_depth", "6"),
            new("nthread", $"{Threads}"),
        ];

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
        Console.WriteLine("Training on 500,000 rows of 30 features, 50 rounds: CPU time (user + system) in seconds");
        var file = WriteInput(folder);
        var job = Least.Unknown;
        var floor = Least.Unknown;
        var peer = Least.Unknown;
        for (var turn = 0; turn < Turns; turn++)
        {
            job = job.And(await JobAsync(folder, cancel));
            floor = floor.And(await FloorAsync(file, cancel));
            peer = peer.And(await PandasAsync(file, cancel));
        }

        Verdict.AtMost("job", "whole / library alone", job.Train, floor.Train, 1.15);
        Verdict.AtLeast("load", "pandas + xgboost / ours", floor.Load, peer.Load, 4);
        Verdict.AtMost("peak MiB", "ours / pandas + xgboost", job.Memory, peer.Memory, 0.75);
        var loss = LossOf(folder);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"log-loss   ours {loss:R}  Python's {peer.Loss:R}  difference {Math.Abs(loss - peer.Loss):E1}  bar <= 1E-12"
            )
        );
    }

    private static string WriteInput(string folder)
    {
        var configuration = Directory.CreateDirectory(Path.Combine(folder, "input", "config")).FullName;
        var channel = Directory.CreateDirectory(Path.Combine(folder, "input", "data", "train")).FullName;
        var hyperparameters = new Dictionary<string, string>(Parameters) { ["num_round"] = $"{Rounds}" };
        File.WriteAllText(
            Path.Combine(configuration, "hyperparameters.json"),
            JsonSerializer.Serialize(hyperparameters)
        );
        File.WriteAllText(
            Path.Combine(configuration, "inputdataconfig.json"),
            """{"train":{"ContentType":"text/csv"}}"""
        );
        var file = Path.Combine(channel, "train.csv");
        TrainingSet.Write(file);
        return file;
    }

    private static async Task<Least> JobAsync(string folder, CancellationToken cancel)
    {
        var printed = await RunAsync(
            "python3",
            [Peer("measure.py"), "dotnet", Path.Combine(AppContext.BaseDirectory, "plumbline-jobs.dll"), "train"],
            new() { ["SAGEMAKER_BASE_DIR"] = folder },
            cancel
        );
        return Least.Unknown with { Train = printed[0], Memory = printed[1] };
    }

    private static async Task<Least> FloorAsync(string file, CancellationToken cancel)
    {
        var printed = await RunAsync(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "plumbline-bench.dll"), "library-alone"],
            new() { ["TRAIN_FILE"] = file },
            cancel
        );
        return Least.Unknown with { Load = printed[0], Train = printed[1] };
    }

    /// <summary>Uses Debian's Python, for which python3-xgboost is installed.</summary>
    private static async Task<Least> PandasAsync(string file, CancellationToken cancel)
    {
        var parameters = JsonSerializer.Serialize(new Dictionary<string, string>(Parameters));
        try
        {
            var printed = await RunAsync(
                "/usr/bin/python3",
                [Peer("pandas_train.py"), file, parameters, $"{Rounds}"],
                [],
                cancel
            );
            return new Least(printed[0], printed[1], printed[3], printed[2]);
        }
        catch (InvalidOperationException)
        {
            return Least.Unknown;
        }
    }

    private static double LossOf(string folder)
    {
        var text = File.ReadAllText(Path.Combine(folder, "model", ModelDescription.FileName));
        using var description = JsonDocument.Parse(text);
        return description.RootElement.GetProperty("metrics").GetProperty("train-logloss").GetDouble();
    }

    private static async Task<double[]> RunAsync(
        string program,
        string[] arguments,
        Dictionary<string, string> environment,
        CancellationToken cancel
    )
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true };
        start.Environment["OMP_WAIT_POLICY"] = "passive";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var printed = await process.StandardOutput.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        return process.ExitCode == 0
            ? Array.ConvertAll(
                printed.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries),
                number => double.Parse(number, CultureInfo.InvariantCulture)
            )
            : throw new InvalidOperationException($"{program} {arguments[0]} failed");
    }

    private static string Peer(string name) => Path.Combine(AppContext.BaseDirectory, "peers", name);

    /// <summary>The least of each measured value; NaN if not measured.</summary>
    private sealed record Least(double Load, double Train, double Memory, double Loss)
    {
        public static readonly Least Unknown = new(double.NaN, double.NaN, double.NaN, double.NaN);

        public Least And(Least other) =>
            new(
                double.MinNumber(Load, other.Load),
                double.MinNumber(Train, other.Train),
                double.MinNumber(Memory, other.Memory),
                double.MinNumber(Loss, other.Loss)
            );
    }
}
