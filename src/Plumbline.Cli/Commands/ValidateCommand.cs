using System.CommandLine;
using Plumbline.Cli.Homes;
using Plumbline.Loop.Data;

namespace Plumbline.Cli.Commands;

/// <summary><c>plumb validate</c>: checks a project without any cloud; every build begins with it.</summary>
internal static class ValidateCommand
{
    public static Command Create()
    {
        var home = new HomeOptions();
        var command = new Command("validate", "Check plumbline.yaml and every row or file of the data");
        home.AddTo(command);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var folder = await home.ProjectAsync(parsed, cancellationToken);
                var (manifest, notes) = DataCheck.Run(folder, TimeProvider.System.GetUtcNow());
                foreach (var note in notes)
                {
                    Console.Error.WriteLine(note);
                }

                var (inputs, units) =
                    manifest.Contents == true ? ("", "examples") : ($"{manifest.Features.Count} features, ", "rows");
                Console.WriteLine(
                    $"{folder.Description.Name}: {inputs}{manifest.Labels.Count} labels, "
                        + $"{manifest.Base.Train} {units} to train on, {manifest.Base.Validation} to validate, {manifest.Base.Test} held out."
                );
            }
        );
        return command;
    }
}
