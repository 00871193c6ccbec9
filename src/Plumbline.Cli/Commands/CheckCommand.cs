using System.CommandLine;
using Amazon.Runtime;
using Plumbline.Aws.Errors;
using Plumbline.Cli.Homes;
using Plumbline.Loop.Checks;
using Plumbline.Loop.Checks.Rules;
using Plumbline.Loop.Deployment;
using Plumbline.Loop.Project;
using Plumbline.Records;
using Plumbline.Records.Project;
using Spectre.Console;

namespace Plumbline.Cli.Commands;

/// <summary><c>plumb check</c>: what AWS would reject or do differently, found without any cloud.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var home = new HomeOptions();
        var pipeline = new Option<FileInfo?>("--pipeline")
        {
            Description = "Check only this SageMaker pipeline definition, written by any tool",
            HelpName = "FILE",
        };
        var region = new Option<string?>("--region")
        {
            Description =
                "The AWS region of the project, since some have no PyTorch images; $AWS_REGION sets the default",
            HelpName = "REGION",
            DefaultValueFactory = _ => Environment.GetEnvironmentVariable("AWS_REGION"),
        };
        var command = new Command("check", "Find what AWS would reject or do differently, without any cloud")
        {
            pipeline,
            region,
            Output.JsonOption(),
        };
        home.AddTo(command);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                IReadOnlyList<Finding> findings;
                if (parsed.GetValue(pipeline) is { } file)
                {
                    findings = ParityCheck.Run(await DefinitionAsync(file, cancellationToken));
                }
                else
                {
                    var folder = await home.ProjectAsync(parsed, cancellationToken);
                    findings =
                    [
                        .. ParityCheck.Run(await ProjectAsync(folder, parsed.GetValue(region), cancellationToken)),
                        .. await SchemaAsync(home, folder, parsed, cancellationToken),
                    ];
                }

                Output.Write(parsed, findings, Write);
                return findings.Any(finding => finding.Severity == Severity.Error)
                    ? CommandLine.Failed
                    : CommandLine.Ok;
            }
        );
        return command;
    }

    /// <summary>Writes to stderr what would go wrong with a project on AWS.</summary>
    /// <exception cref="UserError">A finding is an error.</exception>
    public static async Task RequireAsync(ProjectFolder folder, string region, CancellationToken cancellationToken)
    {
        var wrong = ParityCheck
            .Run(await ProjectAsync(folder, region, cancellationToken))
            .Where(finding => finding.Severity != Severity.Note)
            .ToList();
        if (wrong.Count > 0)
        {
            Write(Output.Error, wrong);
        }

        if (wrong.Exists(finding => finding.Severity == Severity.Error))
        {
            throw new UserError(
                folder.Root,
                "AWS would reject this project: correct the errors (`plumb check` lists them)"
            );
        }
    }

    /// <summary>
    /// The schema's changes against production; empty without a local cloud, which a check does not need.
    /// </summary>
    private static async Task<IEnumerable<Finding>> SchemaAsync(
        HomeOptions home,
        ProjectFolder folder,
        ParseResult parsed,
        CancellationToken cancellationToken
    )
    {
        if (HomeOptions.IsAws(parsed))
        {
            return [];
        }

        try
        {
            var loop = await home.LoopAsync(folder.Description, parsed, cancellationToken);
            var changes = await SchemaChange.OfFolderAsync(loop, folder, cancellationToken);
            return changes.Select(change => new Finding(
                "PL021",
                Severity.Warning,
                folder.Description.Data.File,
                change
            ));
        }
        catch (Exception exception)
            when (exception is UserError or AwsException or HttpRequestException or AmazonClientException)
        {
            return [];
        }
    }

    private static async Task<CheckSubject> ProjectAsync(
        ProjectFolder folder,
        string? region,
        CancellationToken cancellationToken
    )
    {
        var yaml = await File.ReadAllTextAsync(
            Path.Combine(folder.Root, ProjectFolder.DescriptionFile),
            cancellationToken
        );
        return CheckSubject.OfProject(folder.Description, DescriptionLines.Parse(yaml)) with
        {
            Region = region,
            Code = await CodeAsync(folder, cancellationToken),
        };
    }

    /// <summary>The texts of the project's code; null if none is needed, or the folder is missing.</summary>
    private static async Task<IReadOnlyList<string>?> CodeAsync(
        ProjectFolder folder,
        CancellationToken cancellationToken
    )
    {
        var root = Path.Combine(folder.Root, folder.Description.Training.Code);
        if (!folder.Description.Training.HasCode() || !Directory.Exists(root))
        {
            return null;
        }

        var texts = new List<string>();
        var files = folder.Description.Training.IsDotnet() ? "*.cs" : "*.py";
        foreach (var file in Directory.EnumerateFiles(root, files, SearchOption.AllDirectories))
        {
            texts.Add(await File.ReadAllTextAsync(file, cancellationToken));
        }

        return texts;
    }

    private static async Task<CheckSubject> DefinitionAsync(FileInfo file, CancellationToken cancellationToken) =>
        file.Exists
            ? CheckSubject.OfDefinition(file.Name, await File.ReadAllTextAsync(file.FullName, cancellationToken))
            : throw new UserError(file.FullName, "the file does not exist");

    private static void Write(IAnsiConsole console, IReadOnlyList<Finding> findings)
    {
        foreach (var (rule, severity, place, message) in findings)
        {
            var (word, colour) = severity switch
            {
                Severity.Error => ("error", "red"),
                Severity.Warning => ("warning", "yellow"),
                _ => ("note", "blue"),
            };
            console.MarkupLine($"[{colour}]{word}[/] {rule} {Output.Text(place)}: {Output.Text(message)}");
        }

        console.WriteLine(
            $"{Count(findings, Severity.Error, "error")}, {Count(findings, Severity.Warning, "warning")}, "
                + $"{Count(findings, Severity.Note, "note")}."
        );
    }

    private static string Count(IReadOnlyList<Finding> findings, Severity severity, string word) =>
        Plural.Of(findings.Count(finding => finding.Severity == severity), word, $"{word}s");
}
