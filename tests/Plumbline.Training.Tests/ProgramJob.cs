using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;
using Plumbline.Testing;

namespace Plumbline.Training.Tests;

/// <summary>A job with the folders of SageMaker, run by the programs of Plumbline's images.</summary>
internal sealed class ProgramJob : IDisposable
{
    private static readonly string[] Files =
    [
        "Plumbline.Training.Tests.dll",
        "Plumbline.Training.Tests.runtimeconfig.json",
        "Plumbline.Training.dll",
    ];

    private readonly TemporaryFolder folder = new();

    /// <param name="does">The task of <see cref="SmallProgram"/>.</param>
    /// <param name="without">A file that the archive lacks.</param>
    /// <param name="labels">The project's labels; null in a regression.</param>
    public ProgramJob(string does, string? without = null, string? labels = """["no","yes"]""")
    {
        folder.Write("input/data/train/data.csv", "0,1,2\n1,3,4\n");
        folder.Write("input/config/inputdataconfig.json", """{"train":{},"code":{}}""");
        var hyperparameters = new Dictionary<string, string> { ["does"] = does, ["epochs"] = "7" };
        if (labels is not null)
        {
            hyperparameters["class_labels"] = labels;
        }

        folder.Write("input/config/hyperparameters.json", JsonSerializer.Serialize(hyperparameters));
        folder.Write("program/note", "");
        foreach (var file in Files.Where(file => file != without))
        {
            File.Copy(Path.Combine(AppContext.BaseDirectory, file), At("program", file));
        }

        Pack("program", "input/data/code/sourcedir.tar.gz");
    }

    public string At(params string[] path) => folder.At(path);

    public string Failure => File.Exists(At("output", "failure")) ? File.ReadAllText(At("output", "failure")) : "";

    /// <summary>Starts <c>plumbline-jobs train</c>; the caller disposes it.</summary>
    public ProgramRun Train() => ProgramRun.Dotnet("plumbline-jobs.dll", ["train"], Variables());

    /// <summary>Starts <c>plumbline-serving score</c> for held-out rows; the caller disposes it.</summary>
    public ProgramRun Score(string rows) => Score(("test/base.csv", rows));

    /// <summary>The same for files among the inputs.</summary>
    public ProgramRun Score(params (string Path, string Text)[] inputs)
    {
        Pack("model", "processing/input/model/model.tar.gz");
        foreach (var (path, text) in inputs)
        {
            folder.Write($"processing/input/{path}", text);
        }

        return ProgramRun.Dotnet("plumbline-serving.dll", ["score"], Variables());
    }

    public void Dispose() => folder.Dispose();

    private Dictionary<string, string> Variables() => new() { ["SAGEMAKER_BASE_DIR"] = folder.Path };

    private void Pack(string from, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(to))!);
        using var gzip = new GZipStream(File.Create(At(to)), CompressionLevel.Fastest);
        TarFile.CreateFromDirectory(At(from), gzip, includeBaseDirectory: false);
    }
}
