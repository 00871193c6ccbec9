using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.Loop.Home;
using Plumbline.Loop.Project;
using Plumbline.Loop.Training;
using Plumbline.Records;
using Plumbline.Records.Project;
using Plumbline.Testing;

namespace Plumbline.Loop.Tests;

/// <summary>A project whose training code is a C# program: its compilation, and its pipeline.</summary>
public sealed class DotnetProgramTests : IDisposable
{
    private const string Yaml = """
        name: own
        data: {file: data.csv}
        labels: [no, yes]
        training: {algorithm: dotnet, code: src}
        """;

    private const string Program = "System.Console.WriteLine(new System.Exception().StackTrace);";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_program_that_does_not_compile_is_named_with_its_first_error_and_the_log_has_all()
    {
        Write("a", "int x = ;\nint y = ;\n");
        var log = new StringWriter();

        var failure = await Should.ThrowAsync<UserError>(() => BuildAsync("a", log));

        failure.Message.ShouldBe(
            "src/own.csproj: does not compile: src/Program.cs(1,9): error CS1525: Invalid expression term ';' (and 1 more error)"
        );
        log.ToString().ShouldContain("Program.cs(2,9): error CS1525");
    }

    [Fact]
    public async Task The_same_sources_give_the_same_key_in_each_folder_and_leave_the_folder_clean()
    {
        Write("a", Program);
        Write("b/deeper", Program);

        (await KeyAsync("a")).ShouldBe(await KeyAsync("b/deeper"));
        Directory.GetFileSystemEntries(folder.At("a", "src")).Length.ShouldBe(2);
    }

    [Fact]
    public async Task A_library_is_not_a_program()
    {
        Write("a", "public class Empty { }", "Library");

        (await Should.ThrowAsync<UserError>(() => BuildAsync("a"))).Message.ShouldBe(
            "src/own.csproj: is a library, which cannot run: write <OutputType>Exe</OutputType> into it"
        );
    }

    [Fact]
    public async Task The_folder_has_exactly_one_project()
    {
        Directory.CreateDirectory(folder.At("a"));
        (await Should.ThrowAsync<UserError>(() => BuildAsync("a"))).Message.ShouldBe(
            "plumbline.yaml: training.algorithm dotnet needs a C# project, but src/ has no .csproj: create one, or name its folder"
        );

        Write("a", Program);
        folder.Write("a/src/other.csproj", "");
        (await Should.ThrowAsync<UserError>(() => BuildAsync("a"))).Message.ShouldBe(
            "plumbline.yaml: training.algorithm dotnet needs one C# project, but src/ has other.csproj and own.csproj: keep one, and move the others into folders beside it"
        );
    }

    [Fact]
    public async Task A_score_program_in_C_sharp_is_compiled_beside_the_training_code()
    {
        folder.Write("c/code/train.py", "");
        folder.Write("c/code/inference.py", "");
        folder.Write(
            "c/score/Score.cs",
            "while (System.Console.ReadLine() is { } line) System.Console.WriteLine(line.Length);\n"
        );
        folder.Write(
            "c/score/score.csproj",
            """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework></PropertyGroup>
            </Project>
            """
        );

        var packed = (await ScoreCode.OfAsync(Scored("c", "score"), CancellationToken.None)).ShouldNotBeNull();

        await using var unpacked = new System.IO.Compression.GZipStream(
            new MemoryStream(packed.Archive),
            System.IO.Compression.CompressionMode.Decompress
        );
        await System.Formats.Tar.TarFile.ExtractToDirectoryAsync(
            unpacked,
            Directory.CreateDirectory(folder.At("out")).FullName,
            true
        );
        File.Exists(folder.At("out", "score.runtimeconfig.json")).ShouldBeTrue();
        (await ScoredAsync(folder.At("out", "score.dll"), "four")).ShouldBe("4");
    }

    /// <summary>The program's answer to one line.</summary>
    private static async Task<string?> ScoredAsync(string program, string line)
    {
        using var process = System.Diagnostics.Process.Start(
            new System.Diagnostics.ProcessStartInfo("dotnet", [program])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            }
        )!;
        await process.StandardInput.WriteLineAsync(line);
        process.StandardInput.Close();
        return (await process.StandardOutput.ReadToEndAsync().InTimeAsync()).Trim();
    }

    [Fact]
    public async Task A_score_program_that_is_missing_or_does_not_compile_is_named()
    {
        Directory.CreateDirectory(folder.At("d"));
        (
            await Should.ThrowAsync<UserError>(() => ScoreCode.OfAsync(Scored("d", "score.py"), CancellationToken.None))
        ).Message.ShouldBe(
            "plumbline.yaml: quality.score names score.py, which does not exist: create it, with the function score(answer, truth)"
        );
        Directory.CreateDirectory(folder.At("d", "score"));
        (
            await Should.ThrowAsync<UserError>(() => ScoreCode.OfAsync(Scored("d", "score"), CancellationToken.None))
        ).Message.ShouldBe(
            "plumbline.yaml: quality.score needs a C# project, but score/ has no .csproj: create one, or name its folder"
        );
    }

    [Fact]
    public async Task Another_score_program_has_another_key_which_the_uploaded_description_names()
    {
        folder.Write("e/code/train.py", "");
        folder.Write("e/code/inference.py", "");
        folder.Write("e/truths.jsonl", """{"source": "one box", "box": {"x": 1}}""" + "\n");
        folder.Write("e/score.py", "def score(answer, truth):\n    return 1\n");
        using var first = await TrainingInputs.OfAsync(Scored("e", "score.py"), null, CancellationToken.None);
        using var same = await TrainingInputs.OfAsync(Scored("e", "score.py"), null, CancellationToken.None);
        folder.Write("e/score.py", "def score(answer, truth):\n    return 2\n");
        using var second = await TrainingInputs.OfAsync(Scored("e", "score.py"), null, CancellationToken.None);

        first.ScoreKey.ShouldNotBeNull();
        (same.ProjectKey, same.ScoreKey).ShouldBe((first.ProjectKey, first.ScoreKey));
        second.ScoreKey.ShouldNotBe(first.ScoreKey);
        second.ProjectKey.ShouldNotBe(first.ProjectKey);
        (second.CodeKey, second.BaseKey).ShouldBe((first.CodeKey, first.BaseKey));
    }

    private ProjectFolder Scored(string project, string score) =>
        new(
            folder.At(project),
            ProjectDescription.Parse(
                $$"""
                name: own
                task: custom
                data: {file: truths.jsonl, format: manifest, label: box}
                training: {algorithm: pytorch}
                quality: {threshold: 0.5, score: {{score}}}
                """
            )
        );

    [Fact]
    public void The_jobs_image_runs_the_program_and_the_serving_image_scores_and_serves_its_model()
    {
        var names = new LoopNames("own", "111122223333", "eu-west-1") { ImageTag = "1" };
        var steps = StepsOf(names);

        var train = steps["TrainOld"];
        train.Object("AlgorithmSpecification")!.Text("TrainingImage").ShouldBe(names.JobsImage);
        train
            .Objects("InputDataConfig")
            .Select(channel => channel.Text("ChannelName"))
            .ShouldBe(["train", "validation", "model", "code"]);
        train["InputDataConfig"]![3]!.ToJsonString().ShouldContain("Parameters.CodeUri");
        train.ContainsKey("EnableNetworkIsolation").ShouldBeFalse();
        foreach (var which in (string[])["Old", "New", "Production", "First"])
        {
            var application = steps[$"Score{which}"].Object("AppSpecification")!;
            application.Text("ImageUri").ShouldBe(names.ServingImage);
            application["ContainerArguments"]!.ToJsonString().ShouldBe("""["score"]""");
            application.ContainsKey("ContainerEntrypoint").ShouldBeFalse();
        }

        var container = steps["RegisterNew"]["InferenceSpecification"]!["Containers"]![0]!.AsObject();
        container.Text("Image").ShouldBe(names.ServingImage);
    }

    private static Dictionary<string, JsonObject> StepsOf(LoopNames names)
    {
        var definition = JsonNode.Parse(TrainingPipeline.Definition(ProjectDescription.Parse(Yaml), names))!.AsObject();
        var top = definition.Objects("Steps").ToList();
        return top.Concat(top.SelectMany(step => step.Object("Arguments")!.Objects("IfSteps")))
            .ToDictionary(step => step.Text("Name")!, step => step.Object("Arguments")!);
    }

    private void Write(string project, string code, string type = "Exe")
    {
        folder.Write($"{project}/data.csv", "label,p\nno,1\nyes,2\n");
        folder.Write($"{project}/src/Program.cs", code);
        folder.Write(
            $"{project}/src/own.csproj",
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><OutputType>{type}</OutputType><TargetFramework>net10.0</TargetFramework></PropertyGroup>
            </Project>
            """
        );
    }

    private ProjectFolder ProjectIn(string project) => new(folder.At(project), ProjectDescription.Parse(Yaml));

    private Task<string> BuildAsync(string project, TextWriter? log = null) =>
        DotnetProgram.BuildAsync(ProjectIn(project), log ?? TextWriter.Null, CancellationToken.None);

    private async Task<string?> KeyAsync(string project) =>
        (await TrainingInputs.OfAsync(ProjectIn(project), null, CancellationToken.None)).CodeKey;
}
