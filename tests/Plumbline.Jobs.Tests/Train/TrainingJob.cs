using System.Text.Json;
using Plumbline.Testing;

namespace Plumbline.Jobs.Tests.Train;

/// <summary>A training job's folder in SageMaker's layout, and the real program running in it.</summary>
public sealed class TrainingJob : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly HashSet<string> channels = [];

    public static Dictionary<string, string> Digits3 =>
        new()
        {
            ["num_round"] = "12",
            ["objective"] = "multi:softprob",
            ["num_class"] = "3",
            ["max_depth"] = "3",
            ["seed"] = "7",
            ["nthread"] = "1",
        };

    public Dictionary<string, string> Hyperparameters { get; init; } = Digits3;

    /// <summary>The version of AWS's image whose role the program has; null for Plumbline's own image.</summary>
    public string? Image { get; init; }

    public string ContentType { get; init; } = "text/csv";

    public string this[string path] => folder.At(path);

    public string Failure => File.ReadAllText(folder.At("output/failure"));

    public byte[] Booster => File.ReadAllBytes(folder.At("model/xgboost-model"));

    public TrainingJob With(string channel, string text, string file = "data.csv")
    {
        folder.Write($"input/data/{channel}/{file}", text);
        channels.Add(channel);
        return this;
    }

    public TrainingJob WithFile(string channel, string path)
    {
        Directory.CreateDirectory(folder.At($"input/data/{channel}"));
        File.Copy(path, folder.At($"input/data/{channel}/{Path.GetFileName(path)}"));
        channels.Add(channel);
        return this;
    }

    /// <summary>Copies the files of a folder into a channel.</summary>
    public TrainingJob WithFolder(string channel, string path) =>
        Directory.GetFiles(path).Aggregate(this, (job, file) => job.WithFile(channel, file));

    public TrainingJob WithCheckpoints()
    {
        Directory.CreateDirectory(folder.At("checkpoints"));
        return this;
    }

    public ProgramRun Start()
    {
        folder.Write("input/config/hyperparameters.json", JsonSerializer.Serialize(Hyperparameters));
        var configuration = channels.ToDictionary(name => name, _ => new { ContentType });
        folder.Write("input/config/inputdataconfig.json", JsonSerializer.Serialize(configuration));
        return ProgramRun.Dotnet(
            "plumbline-jobs.dll",
            ["train"],
            new Dictionary<string, string>
            {
                ["SAGEMAKER_BASE_DIR"] = folder.Path,
                ["PLUMBLINE_XGBOOST_IMAGE"] = Image ?? "",
            }
        );
    }

    public async Task<string> SucceedAsync()
    {
        using var run = Start();
        (await run.ExitCodeAsync()).ShouldBe(0, run.Output);
        return run.Output;
    }

    public async Task<string> FailAsync()
    {
        using var run = Start();
        (await run.ExitCodeAsync()).ShouldBe(1, run.Output);
        File.Exists(folder.At("model/xgboost-model")).ShouldBeFalse();
        return Failure;
    }

    public void Dispose() => folder.Dispose();
}
