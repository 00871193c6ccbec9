using System.CommandLine;
using System.Text.Json.Nodes;
using Plumbline.Aws.Client.Services;
using Plumbline.Aws.Errors;
using Plumbline.Cli.Homes;
using Plumbline.Loop.Home;
using Plumbline.Loop.Project;
using Plumbline.Records;

namespace Plumbline.Cli.Commands;

/// <summary><c>plumb clone</c>: a work tree of a project that was pushed to the cloud.</summary>
internal static class CloneCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("NAME") { Description = "The project's name" };
        var folder = new Argument<string?>("DIR")
        {
            Description = "The new folder [default: the project's name]",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var home = new HomeOptions();
        var command = new Command("clone", "Clone the repository of a project that was pushed to the cloud")
        {
            name,
            folder,
        };
        home.AddCloudTo(command);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var project = parsed.GetValue(name)!;
                using var connection = home.Connect(parsed);
                var url = await UrlAsync(new CodeCommitClient(connection), project, cancellationToken);
                var at = Path.GetFullPath(parsed.GetValue(folder) ?? project);
                await new WorkTree(Environment.CurrentDirectory).CloneAsync(
                    url,
                    at,
                    Remote.NameOf(parsed),
                    LoopNames.DefaultBranch,
                    HomeOptions.GitCredentialHelper(parsed),
                    cancellationToken
                );
                Console.WriteLine($"{at} is ready: change it, `git commit`, then `plumb push`.");
            }
        );
        return command;
    }

    private static async Task<string> UrlAsync(
        CodeCommitClient codeCommit,
        string project,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var found = await codeCommit.GetRepositoryAsync(
                new JsonObject { ["repositoryName"] = project },
                cancellationToken
            );
            return found.RepositoryMetadata.CloneUrlHttp;
        }
        catch (AwsException missing) when (missing.Code == "RepositoryDoesNotExistException")
        {
            throw new UserError(project, "this cloud has no such project: run `plumb push` in its folder to create it");
        }
    }
}
