using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using Plumbline.Testing;

namespace Plumbline.Jobs.Tests.Torch;

/// <summary>The training script of samples/digits-torch, in two processes on CPUs.</summary>
[Collection("processes")]
public sealed class TrainingScriptTests : IDisposable
{
    private const int SigTerm = 15;
    private const int Rows = 300;

    private readonly TemporaryFolder folder = new();

    public TrainingScriptTests()
    {
        folder.Write("train/data.csv", Digits.Csv(0, Rows));
        folder.Write("validation/data.csv", Digits.Csv(Rows, 100));
    }

    public void Dispose() => folder.Dispose();

    [TorchFact]
    public async Task A_training_that_was_interrupted_ends_with_the_very_same_model()
    {
        using var whole = Start("whole", epochs: 4);
        using (var first = Start("resumed", epochs: 4))
        {
            await first.PrintedAsync("[1]\t");
            first.Signal(SigTerm);
            (await first.ExitCodeAsync()).ShouldNotBe(0);
            first.Output.ShouldNotContain("[3]\t");
        }

        using var second = Start("resumed", epochs: 4);

        (await second.ExitCodeAsync()).ShouldBe(0, second.Output);
        (await whole.ExitCodeAsync()).ShouldBe(0, whole.Output);
        whole.Output.ShouldContain($"2 processes on cpu, {Rows} rows, 0 epochs done");
        second.Output.ShouldMatch($"2 processes on cpu, {Rows} rows, [23] epochs done");
        Sha256("resumed").ShouldBe(Sha256("whole"));
        // The first process parses the rows once for all.
        Directory
            .EnumerateFiles(folder.At("whole/rows"))
            .Select(Path.GetFileName)
            .Order()
            .ShouldBe(["train.npy", "validation.npy"]);
    }

    [TorchFact]
    public async Task The_model_channel_is_continued()
    {
        using var parent = Start("parent", epochs: 3);
        (await parent.ExitCodeAsync()).ShouldBe(0, parent.Output);
        Directory.CreateDirectory(folder.At("channel"));
        await using (var file = File.Create(folder.At("channel/model.tar.gz")))
        await using (var gzip = new GZipStream(file, CompressionLevel.Fastest))
        {
            await TarFile.CreateFromDirectoryAsync(folder.At("parent/model"), gzip, includeBaseDirectory: false);
        }

        using var child = Start("child", epochs: 1, model: folder.At("channel"));

        (await child.ExitCodeAsync()).ShouldBe(0, child.Output);
        Loss(child, 0).ShouldBeLessThan(Loss(parent, 1), child.Output);
        Loss(parent, 0).ShouldBeGreaterThan(Loss(parent, 2), parent.Output);
    }

    private static double Loss(ProgramRun run, int epoch)
    {
        var line = run.Output.Split('\n').Single(line => line.StartsWith($"[{epoch}]\t", StringComparison.Ordinal));
        return double.Parse(
            line.Split('\t')[1]["train-loss:".Length..],
            System.Globalization.CultureInfo.InvariantCulture
        );
    }

    private string Sha256(string job) =>
        Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(folder.At($"{job}/model/model.pt"))));

    private ProgramRun Start(string job, int epochs, string? model = null)
    {
        Directory.CreateDirectory(folder.At($"{job}/model"));
        Directory.CreateDirectory(folder.At($"{job}/checkpoints"));
        var environment = new Dictionary<string, string>
        {
            ["SAGEMAKER_BASE_DIR"] = folder.At(job),
            ["SM_MODEL_DIR"] = folder.At($"{job}/model"),
            ["SM_CHANNEL_TRAIN"] = folder.At("train"),
            ["SM_CHANNEL_VALIDATION"] = folder.At("validation"),
            ["SM_HPS"] = """{"class_labels":["0","1","2","3","4","5","6","7","8","9"]}""",
            ["PYTHONDONTWRITEBYTECODE"] = "1",
        };
        if (model is not null)
        {
            environment["SM_CHANNEL_MODEL"] = model;
        }
        string[] arguments =
        [
            Repository.Path("src", "Plumbline.LocalCloud", "Processes", "Images", "torch-processes.py"),
            "2",
            Repository.Path("samples", "digits-torch", "code", "train.py"),
            "--epochs",
            $"{epochs}",
            "--maximum",
            "16",
        ];
        return new ProgramRun(TorchFactAttribute.Python!, arguments, environment);
    }
}
