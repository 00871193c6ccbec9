using System.CommandLine;
using Plumbline.Cli.Homes;
using Plumbline.LocalCloud.Scrubbing;
using Plumbline.LocalCloud.State;
using Plumbline.Records;
using Spectre.Console;

namespace Plumbline.Cli.Commands;

/// <summary><c>plumb scrub</c>: reads all data of the local cloud, and names what is damaged.</summary>
internal static class ScrubCommand
{
    public static Command Create()
    {
        var data = DataFolderOption.Create();
        var command = new Command(
            "scrub",
            "Read every object, the database and the repositories of the local cloud, running or stopped, and list what is damaged; exits with 1 if anything is"
        )
        {
            data,
            Output.JsonOption(),
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var report = await ScrubAsync(parsed.GetValue(data)!.FullName, cancellationToken);
                Output.Write(
                    parsed,
                    report,
                    (console, all) =>
                    {
                        foreach (var one in all.Damaged)
                        {
                            var version = one.Version is null ? "" : $" (version {one.Version})";
                            console.WriteLine($"damaged {one.Kind}: {one.Name}{version}: {one.Problem}");
                        }

                        console.WriteLine(
                            $"{all.Damaged.Count} damaged; read {all.Objects} objects of {all.Bytes} bytes, {all.Repositories} repositories and the database"
                        );
                    }
                );
                return report.Damaged.Count == 0 ? CommandLine.Ok : CommandLine.Failed;
            }
        );
        return command;
    }

    private static async Task<ScrubReport> ScrubAsync(string folder, CancellationToken cancellationToken)
    {
        try
        {
            return await Scrub.RunAsync(folder, cancellationToken);
        }
        catch (UnusableDataException exception)
        {
            throw new UserError(folder, exception.Message);
        }
    }
}
