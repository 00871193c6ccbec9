using System.Formats.Tar;
using System.IO.Compression;
using Plumbline.Jobs.Evaluate;
using Plumbline.Jobs.Processing;
using Plumbline.Records;
using Plumbline.Records.Data;
using Plumbline.Records.Evaluation;
using Plumbline.Records.Project;
using Plumbline.Testing;

namespace Plumbline.Jobs.Tests.Torch;

/// <summary>
/// The code that <c>plumb new</c> writes for texts learns from a data set version, and is scored by its own handler.
/// </summary>
[Collection("processes")]
public sealed class NewCodeTests : IDisposable
{
    private const string Code = "src/Plumbline.Loop/Project/Code";
    private static readonly ProjectDescription Project = ProjectDescription.Parse(
        "name: sms\ndata:\n  format: manifest\n  file: sms.jsonl\n  label: kind\nlabels: [ham, spam]\ntraining:\n  algorithm: pytorch\n"
    );

    private readonly TemporaryFolder folder = new();

    public NewCodeTests()
    {
        var random = Seeds.Random(41);
        string Words(params string[] words) =>
            string.Join(' ', Enumerable.Range(0, 8).Select(_ => words[random.Next(words.Length)]));
        folder.Write(
            "sms.jsonl",
            string.Concat(
                Enumerable
                    .Range(0, 200)
                    .Select(i =>
                        i % 2 == 0
                            ? $$"""{"source":"{{Words("see", "you", "at", "home", "tonight", "love", "the")}} {{i}}","kind":"ham"}"""
                            : $$"""{"source":"{{Words("WIN", "cash", "now", "call", "prize", "free", "the")}} {{i}}","kind":"spam"}"""
                    )
                    .Select(line => line + "\n")
            )
        );
        var contents = BaseContents.Read(Project, folder.Path);
        File.WriteAllBytes(folder.At("list.jsonl"), contents.ToList());
        ContentSetBuilder.Build(
            Project,
            folder.At("list.jsonl"),
            [],
            [],
            folder.At("set"),
            DateTimeOffset.UnixEpoch,
            "sms"
        );
        foreach (var one in contents.Contents())
        {
            folder.Write($"content/{one.Example.Content.Name}", one.Text!);
        }
        foreach (
            var (file, name) in (ReadOnlySpan<(string, string)>)
                [("train", "train"), ("inference", "inference"), ("texts", "network")]
        )
        {
            folder.Write($"code/{name}.py", File.ReadAllText(Repository.Path($"{Code}/{file}.py")));
        }
    }

    public void Dispose() => folder.Dispose();

    [TorchFact]
    public async Task It_learns_is_continued_and_is_evaluated_by_its_own_answers()
    {
        var first = await TrainAsync("first", epochs: 6, model: null);
        first.ShouldContain("2 processes on cpu, ");
        (await EvaluateAsync("first")).Base.Value!.Value.ShouldBeGreaterThan(0.95);

        var old = await TrainAsync("old", epochs: 1, model: folder.At("first/model"));
        Loss(old, 0).ShouldBeLessThan(Loss(first, 0) / 2, old);
    }

    [TorchFact]
    public async Task Examples_that_do_not_fit_into_memory_are_read_in_each_epoch_and_give_the_same_model()
    {
        var kept = await TrainAsync("kept", epochs: 2, model: null);
        var streamed = await TrainAsync("streamed", epochs: 2, model: null, "--memory_mib", "0");

        Figures(streamed).Count.ShouldBe(2);
        Figures(streamed).ShouldBe(Figures(kept));

        static List<string> Figures(string output) => [.. output.Split('\n').Where(line => line.StartsWith('['))];
    }

    [TorchFact]
    public async Task A_text_that_cannot_be_read_ends_the_training_with_its_name()
    {
        var broken = folder.At("content", Example().Content.Name);
        await File.WriteAllBytesAsync(broken, [0xC3, 0x28]);

        using var run = Start("broken", 1, null);

        (await run.ExitCodeAsync()).ShouldNotBe(0);
        run.Output.ShouldContain($"{Example().Id}: the text is not UTF-8");
    }

    [TorchFact]
    public async Task Bytes_that_are_not_an_image_are_named_without_an_object_of_Python()
    {
        const string Program = "import images\ntry: images.read(b'', 'image/jpeg')\nexcept ValueError as e: print(e)";
        var path = new Dictionary<string, string>
        {
            ["PYTHONPATH"] = Repository.Path(Code),
            ["PYTHONDONTWRITEBYTECODE"] = "1",
        };
        using var run = new ProgramRun(TorchFactAttribute.Python!, ["-c", Program], path);

        (await run.ExitCodeAsync()).ShouldBe(0, run.Output);
        run.Output.Trim().ShouldBe("the image cannot be decoded: the bytes are not an image");
    }

    private Records.Examples.Example Example() =>
        Records.Examples.Example.ReadFile(folder.At("set", DataSetFiles.OfContents.Train)).First();

    private async Task<string> TrainAsync(string job, int epochs, string? model, params string[] more)
    {
        using var run = Start(job, epochs, model, more);
        (await run.ExitCodeAsync()).ShouldBe(0, run.Output);
        await using var file = File.Create(folder.At(job, "model.tar.gz"));
        await using var gzip = new GZipStream(file, CompressionLevel.Fastest);
        await TarFile.CreateFromDirectoryAsync(folder.At(job, "model"), gzip, includeBaseDirectory: false);
        await gzip.DisposeAsync();
        File.Move(folder.At(job, "model.tar.gz"), folder.At(job, "model", "model.tar.gz"));
        return run.Output;
    }

    private async Task<EvaluationReport> EvaluateAsync(string job)
    {
        var input = folder.At("processing", "input");
        Directory.CreateDirectory(input);
        Directory.CreateSymbolicLink(Path.Combine(input, "model"), folder.At(job, "model"));
        Directory.CreateSymbolicLink(Path.Combine(input, "test"), folder.At("set", "test"));
        Directory.CreateSymbolicLink(Path.Combine(input, "content"), folder.At("content"));
        using var score = new ProgramRun(
            TorchFactAttribute.Python!,
            [Repository.Path("src/Plumbline.Loop/Training/score.py")],
            new Dictionary<string, string> { ["SAGEMAKER_BASE_DIR"] = folder.Path }
        );
        (await score.ExitCodeAsync()).ShouldBe(0, score.Output);
        Directory.CreateSymbolicLink(Path.Combine(input, "scores"), folder.At("processing", "output", "scores"));
        return await EvaluateCommand.RunAsync(
            Project,
            "first",
            new ProcessingFolders(folder.Path),
            DateTimeOffset.UnixEpoch,
            CancellationToken.None
        );
    }

    private static double Loss(string output, int epoch)
    {
        var line = output.Split('\n').Single(line => line.StartsWith($"[{epoch}]\t", StringComparison.Ordinal));
        return double.Parse(
            line.Split('\t')[1]["train-loss:".Length..],
            System.Globalization.CultureInfo.InvariantCulture
        );
    }

    private ProgramRun Start(string job, int epochs, string? model, params string[] more)
    {
        Directory.CreateDirectory(folder.At($"{job}/model"));
        var environment = new Dictionary<string, string>
        {
            ["SAGEMAKER_BASE_DIR"] = folder.At(job),
            ["SM_MODEL_DIR"] = folder.At($"{job}/model"),
            ["SM_CHANNEL_TRAIN"] = folder.At("set/train"),
            ["SM_CHANNEL_VALIDATION"] = folder.At("set/validation"),
            ["SM_CHANNEL_CONTENT"] = folder.At("content"),
            ["SM_HPS"] = """{"class_labels":["ham","spam"]}""",
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
            folder.At("code/train.py"),
            "--epochs",
            $"{epochs}",
            "--learning_rate",
            "0.02",
            .. more,
        ];
        return new ProgramRun(TorchFactAttribute.Python!, arguments, environment);
    }
}
