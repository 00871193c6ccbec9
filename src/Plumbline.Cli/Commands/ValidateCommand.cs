using System.CommandLine;
using Plumbline.Aws.Client;
using Plumbline.Cli.Homes;
using Plumbline.Loop.Data;
using Plumbline.Loop.Project;
using Plumbline.Loop.Training;
using Plumbline.Records;
using Plumbline.Records.Project;
using Plumbline.Records.Quality;

namespace Plumbline.Cli.Commands;

/// <summary><c>plumb validate</c>: checks a project without any cloud; every build begins with it.</summary>
internal static class ValidateCommand
{
    public static Command Create()
    {
        var home = new HomeOptions();
        var command = new Command(
            "validate",
            "Check plumbline.yaml and every row or file of the data, and compile the project's C# code"
        );
        home.AddTo(command);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var folder = await home.ProjectAsync(parsed, cancellationToken);
                await CompileAsync(folder, cancellationToken);
                if (folder.Description.Data.InS3().Count > 0)
                {
                    await CheckSourceAsync(home, folder, parsed, cancellationToken);
                    return;
                }

                var (manifest, notes) = DataCheck.Run(folder, TimeProvider.System.GetUtcNow());
                foreach (var note in notes)
                {
                    Console.Error.WriteLine(note);
                }

                var (inputs, units) =
                    manifest.Contents == true ? ("", "examples") : ($"{manifest.Features.Count} features, ", "rows");
                Console.WriteLine(
                    $"{folder.Description.Name}: {inputs}{Truths(folder.Description)}, "
                        + $"{manifest.Base.Train} {units} to train on, {manifest.Base.Validation} to validate, {manifest.Base.Test} held out."
                );
            }
        );
        return command;
    }

    /// <summary>Compiles the training and the score program, if they are in C#. It takes seconds, so it says what it does.</summary>
    private static async Task CompileAsync(ProjectFolder folder, CancellationToken cancellationToken)
    {
        var (training, score) = (folder.Description.Training, folder.Description.Quality.Score);
        if (training.IsDotnet())
        {
            await SayAsync(training.Code);
            await DotnetProgram.BuildAsync(folder, Console.Error, cancellationToken);
        }

        if (score is not null)
        {
            if (Directory.Exists(Path.Combine(folder.Root, score)))
            {
                await SayAsync(score);
            }

            await ScoreCode.OfAsync(folder, cancellationToken);
        }

        static Task SayAsync(string code) =>
            Console.Error.WriteLineAsync($"Compiling the C# program in {code.TrimEnd('/')}/ ...");
    }

    private static async Task CheckSourceAsync(
        HomeOptions home,
        ProjectFolder folder,
        ParseResult parsed,
        CancellationToken cancellationToken
    )
    {
        using var connection = home.Connect(parsed);
        using var s3 = S3ClientFactory.Create(connection);
        if (folder.Description.Data.IsContent())
        {
            var contents = await ContentSourceCheck.RunAsync(folder, s3, cancellationToken);
            Console.WriteLine(
                $"{folder.Description.Name}: {Truths(folder.Description)}, {Plural.Of(contents.Listed, "example", "examples")}. "
                    + $"The first {Plural.Of(contents.Read, "content is", "contents are")} valid; a training reads each content."
            );
            return;
        }

        var files = await BaseSource.OpenAsync(folder, () => s3, cancellationToken);
        var check = SourceCheck.Run(folder.Description, files);
        Console.WriteLine(
            $"{folder.Description.Name}: {check.Features.Count} features, {Truths(folder.Description)}, "
                + $"{Plural.Of(check.Files, "file", "files")}. The first {Plural.Of(check.Rows, "row is", "rows are")} valid; a training checks each row."
        );
    }

    private static string Truths(ProjectDescription project) =>
        project.Task switch
        {
            TaskKind.Regression => "numbers as truths",
            TaskKind.Custom => "JSON as truths",
            _ => $"{project.Labels.Count} labels",
        };
}
