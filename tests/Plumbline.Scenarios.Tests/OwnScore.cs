using System.Formats.Tar;
using System.IO.Compression;
using Plumbline.Aws.Formats;
using Plumbline.Loop.Project;
using Plumbline.Loop.Registry;
using Plumbline.Records;
using Plumbline.Records.Project;

namespace Plumbline.Scenarios.Tests;

/// <summary>The project's own programs that give the loss in <c>task: custom</c>.</summary>
internal static class OwnScore
{
    private const string Program = """
        using Plumbline.Training;

        return LossProgram.Run(
            (answer, truth) =>
                2 * answer.GetProperty("box").EnumerateArray().Zip(
                    truth.GetProperty("box").EnumerateArray(),
                    (one, other) => Math.Abs(one.GetDouble() - other.GetDouble())
                ).Sum()
        );

        """;

    private const string ProgramProject = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
          </PropertyGroup>
          <ItemGroup>
            <Reference Include="Plumbline.Training" HintPath="$(PlumblineTraining)Plumbline.Training.dll" />
          </ItemGroup>
        </Project>

        """;

    /// <summary>Commits a program in C#, in place of score.py, that says that each mistake costs twice as much.</summary>
    public static async Task MoveToCSharpAsync(RunningLoop running)
    {
        var folder = Directory.CreateDirectory(Path.Combine(running.Project, "score")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "Score.cs"), Program);
        await File.WriteAllTextAsync(Path.Combine(folder, "score.csproj"), ProgramProject);
        File.Delete(Path.Combine(running.Project, "score.py"));
        var yaml = Path.Combine(running.Project, ProjectFolder.DescriptionFile);
        var text = await File.ReadAllTextAsync(yaml);
        text.ShouldContain("quality: {name: offset, ");
        await File.WriteAllTextAsync(
            yaml,
            text.Replace("quality: {name: offset, ", "quality: {name: offset, score: score, ")
        );
        await new WorkTree(running.Project).CommitAllAsync("A score in C#", CancellationToken.None);
    }

    /// <summary>The files of the program that judged a version.</summary>
    public static async Task<IReadOnlyList<string>> FilesAsync(RunningLoop running, ModelVersion version)
    {
        var uri = S3Uri.TryParseObject(version.Metadata[ModelMetadata.Project]).ShouldNotBeNull();
        var description = (await running.Loop.Bucket.FindTextAsync(uri.Key)).ShouldNotBeNull();
        var key = ProjectDescription.FromJson(description).Quality.ScoreKey.ShouldNotBeNull();
        var names = new List<string>();
        await running.Loop.Bucket.ReadAsync(
            key,
            async stream =>
            {
                await using var unpacked = new GZipStream(stream, CompressionMode.Decompress);
                await using var tar = new TarReader(unpacked);
                while (await tar.GetNextEntryAsync() is { } entry)
                {
                    names.Add(entry.Name);
                }
            }
        );
        return names;
    }
}
