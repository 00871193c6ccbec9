using System.CommandLine;
using Plumbline.Aws.Formats;
using Plumbline.Cli.Demo;
using Plumbline.Cli.Homes;
using Plumbline.Loop.Data;
using Plumbline.Loop.Home;
using Plumbline.Loop.Project;
using Plumbline.Records;
using Plumbline.Records.Data;
using Plumbline.Records.Project;

namespace Plumbline.Cli.Commands;

/// <summary><c>plumb new</c>: creates a model project.</summary>
internal static class NewCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("NAME")
        {
            Description = "The project's name: lower case letters, digits and hyphens",
        };
        var sample = new Option<string?>("--sample")
        {
            Description = $"Start from a sample: {string.Join(", ", Samples.Names)}",
        };
        sample.AcceptOnlyFromAmong([.. Samples.Names]);
        var data = new Option<string?>("--data")
        {
            Description =
                "Start from your own data: a table (.csv, .jsonl or .parquet, or s3://bucket/prefix/), a folder with a subfolder of images or texts for each class, or their manifest (.jsonl)",
            HelpName = "PATH|S3URI",
        };
        var home = HomeOptions.HomeOption();
        var label = new Option<string>("--label")
        {
            Description = "With --data: the column, or the member of the lines, with the true label",
            DefaultValueFactory = _ => "label",
        };
        var command = new Command("new", "Create a model project that is ready to train")
        {
            name,
            sample,
            data,
            label,
            home,
        };
        command.Validators.Add(result =>
        {
            // Reading the value of an option that the parser refuses would throw.
            if (result.GetResult(sample) is not null && result.GetResult(data) is not null)
            {
                result.AddError("--sample and --data: write only one of them");
            }
        });
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var own = parsed.GetValue(data);
                var contents =
                    own is null || S3Uri.IsS3(own)
                        ? null
                        : OwnContents.Of(parsed.GetValue(name)!, Path.GetFullPath(own), parsed.GetValue(label)!);
                var files =
                    contents is not null ? contents.Files
                    : own is not null
                        ? OwnTable.Files(
                            parsed.GetValue(name)!,
                            S3Uri.IsS3(own) ? own : Path.GetFileName(own),
                            await InspectAsync(own, parsed.GetValue(label)!, parsed, cancellationToken),
                            Console.WriteLine
                        )
                    : parsed.GetValue(sample) is { } chosen ? Samples.Files(chosen, parsed.GetValue(name)!)
                    : ProjectTemplate.Moons(parsed.GetValue(name)!);
                var folder = ProjectTemplate.Create(Environment.CurrentDirectory, parsed.GetValue(name)!, files);
                if (contents is not null)
                {
                    contents.CopyTo(folder);
                }
                else if (parsed.GetValue(sample) is { } copied)
                {
                    Samples.CopyPhotos(copied, folder);
                }
                else if (own is not null && !S3Uri.IsS3(own))
                {
                    File.Copy(own, folder.DataFile);
                }
                await new WorkTree(folder.Root).BeginAsync("A new Plumbline project", cancellationToken);
                Console.WriteLine($"{folder.Root} is ready: cd {parsed.GetValue(name)}, then `plumb push`.");
            }
        );
        return command;
    }

    private static async Task<TableInspection> InspectAsync(
        string table,
        string label,
        ParseResult parsed,
        CancellationToken cancellationToken
    )
    {
        var isS3 = S3Uri.IsS3(table);
        if (isS3 ? S3Uri.TryParse(table) is null : !File.Exists(table))
        {
            throw new UserError(
                table,
                isS3 ? "is not an S3 URI: write s3://bucket/prefix/" : "the file does not exist"
            );
        }

        LoopClients? clients = null;
        var files = await BaseSource.OpenAsync(
            new DataDescription { Sources = isS3 ? [table] : [] },
            isS3 ? [] : [Path.GetFullPath(table)],
            () => (clients = new LoopClients(HomeOptions.ConnectUsual(parsed))).S3,
            cancellationToken
        );
        using var opened = clients;
        return TableInspection.Read(files, label, DataCommand.MostRows);
    }
}
