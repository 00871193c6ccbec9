using System.CommandLine;
using System.Data.Common;
using Amazon.Runtime;
using Amazon.S3;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Formats.Pipelines;
using Plumbline.Cli.Commands;
using Plumbline.Cli.Commands.Backtests;
using Plumbline.Cli.Demo;
using Plumbline.Records;

namespace Plumbline.Cli;

/// <summary>Runs a command and turns what goes wrong into one clear message and an exit code.</summary>
internal static class CommandLine
{
    public const int Ok = 0;

    public const int Failed = 1;

    /// <summary>The arguments, the project or a file is invalid.</summary>
    public const int BadInput = 2;

    private static readonly TimeSpan ShortStop = TimeSpan.FromSeconds(2);

    /// <summary>All commands with their arguments and options.</summary>
    public static RootCommand Root() =>
        new RootCommand(
            "Trains, deploys, monitors and retrains a model on Amazon SageMaker, or in a local cloud on this machine."
        )
        {
            UpCommand.Create(),
            EnvCommand.Create(),
            NewCommand.Create(),
            DataCommand.Create(),
            BacktestCommand.Create(),
            ValidateCommand.Create(),
            CheckCommand.Create(),
            CostCommand.Create(),
            PushCommand.Create(),
            PullCommand.Create(),
            CloneCommand.Create(),
            StatusCommand.Create(),
            RetrainCommand.Create(),
            ExecutionCommands.Executions(),
            ExecutionCommands.Steps(),
            LogsCommand.Create(),
            ModelsCommand.Create(),
            ApprovalCommands.Approve(),
            ApprovalCommands.Reject(),
            ApprovalCommands.Rollback(),
            DecideCommand.Create(),
            DeployCommand.Create(),
            EndpointCommands.Endpoint(),
            InvokeCommand.Create(),
            ReviewCommands.Predictions(),
            ReviewCommands.Correct(),
            TruthCommand.Create(),
            MonitorCommands.Create(),
            HistoryCommand.Create(),
            ScrubCommand.Create(),
            ConsoleCommand.Create(),
            UserCommand.Create(),
            TokenCommand.Create(),
            AwsCommand.Create(),
            DemoCommand.Create(),
            GitCredentialCommand.Create(),
        };

    public static async Task<int> RunAsync(RootCommand root, string[] args)
    {
        // @FILE is an input of `plumb invoke`, which may be an image: its bytes are not further arguments.
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0 && parsed.Action is not System.CommandLine.Help.HelpAction)
        {
            return Fail(BadInput, $"{Problem(parsed)} (`plumb {Path(parsed)}--help` shows the usage)");
        }

        try
        {
            return await parsed.InvokeAsync(
                new InvocationConfiguration
                {
                    EnableDefaultExceptionHandler = false,
                    ProcessTerminationTimeout =
                        parsed.CommandResult.Command.Name == UpCommand.Name ? UpCommand.LongestStop : ShortStop,
                }
            );
        }
        catch (UserError error)
        {
            return Fail(BadInput, error.Message);
        }
        catch (PipelineDefinitionException error)
        {
            // A value of plumbline.yaml that AWS's model rejects, such as an unknown instance type.
            return Fail(BadInput, $"{error.Message} (`plumb check` names the key)");
        }
        catch (AwsException error)
        {
            return Fail(Failed, AwsAdvice.Line(error.Code, error.Message));
        }
        catch (AmazonS3Exception error) when (error.ErrorCode == "NoSuchBucket")
        {
            return Fail(Failed, "the loop has no bucket yet: run `plumb push`, which creates the loop's resources");
        }
        catch (AmazonServiceException error)
        {
            return Fail(Failed, AwsAdvice.Line(error.ErrorCode, error.Message));
        }
        catch (AmazonClientException error)
        {
            // No region, no credentials or an unknown profile. The SDK's list of searched places is cut off.
            var what = error.Message.Split('\n')[0].Split(". ")[0].TrimEnd('.');
            return Fail(Failed, $"{what} (run `aws configure` to set the keys and the region)");
        }
        catch (HttpRequestException error)
        {
            return Fail(Failed, $"the cloud does not answer: {error.Message} (is `plumb up` running?)");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or DbException)
        {
            // A damaged file, a full disk, or another user's folder.
            return Fail(Failed, error.Message.ReplaceLineEndings(" "));
        }
        catch (OperationCanceledException)
        {
            return Fail(Failed, "stopped.");
        }
    }

    /// <summary>For an unknown command the parser only reports a missing one; the unknown word says more.</summary>
    private static string Problem(ParseResult parsed) =>
        parsed is { CommandResult.Command: RootCommand, UnmatchedTokens: [var word, ..] }
            ? $"'{word}' is not a command."
            : parsed.Errors[0].Message;

    private static string Path(ParseResult parsed) =>
        parsed.CommandResult.Command is RootCommand ? "" : parsed.CommandResult.Command.Name + " ";

    private static int Fail(int code, string message)
    {
        Console.Error.WriteLine($"plumb: {message}");
        return code;
    }
}
