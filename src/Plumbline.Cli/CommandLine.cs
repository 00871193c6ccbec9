using System.CommandLine;
using System.Data.Common;
using Amazon.Runtime;
using Amazon.S3;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Formats.Pipelines;
using Plumbline.Cli.Commands;
using Plumbline.Records;

namespace Plumbline.Cli;

/// <summary>Runs a command and turns what goes wrong into one clear message and an exit code.</summary>
internal static class CommandLine
{
    /// <summary>It worked.</summary>
    public const int Ok = 0;

    /// <summary>It failed.</summary>
    public const int Failed = 1;

    /// <summary>Its input is invalid.</summary>
    public const int BadInput = 2;

    /// <summary>It goes on once a person has decided.</summary>
    public const int WaitingForAPerson = 3;

    private static readonly TimeSpan ShortStop = TimeSpan.FromSeconds(2);

    public static async Task<int> RunAsync(RootCommand root, string[] args)
    {
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0 && parsed.Action is not System.CommandLine.Help.HelpAction)
        {
            return Fail(BadInput, $"{Problem(parsed)} (`plumb {Path(parsed)}--help` shows what it takes)");
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
            // What AWS's model refuses of plumbline.yaml, such as an instance type that there is not.
            return Fail(BadInput, $"{error.Message} (`plumb check` names the key)");
        }
        catch (AwsException error)
        {
            return Fail(Failed, AwsAdvice.Line(error.Code, error.Message));
        }
        catch (AmazonS3Exception error) when (error.ErrorCode == "NoSuchBucket")
        {
            return Fail(Failed, "the loop has no bucket yet: `plumb push` makes what it needs");
        }
        catch (AmazonServiceException error)
        {
            return Fail(Failed, AwsAdvice.Line(error.ErrorCode, error.Message));
        }
        catch (AmazonClientException error)
        {
            // No region, no credentials, or a profile that there is not; which places the SDK looked in follows.
            var what = error.Message.Split('\n')[0].Split(". ")[0].TrimEnd('.');
            return Fail(Failed, $"{what} (`aws configure` asks for what AWS's clients need)");
        }
        catch (HttpRequestException error)
        {
            return Fail(Failed, $"the cloud does not answer: {error.Message} (is `plumb up` running?)");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or DbException)
        {
            // A damaged file, a full disk, a folder of somebody else's.
            return Fail(Failed, error.Message.ReplaceLineEndings(" "));
        }
        catch (OperationCanceledException)
        {
            return Fail(Failed, "stopped.");
        }
    }

    /// <summary>A word that is no command is the problem, not that a command is missing after it.</summary>
    private static string Problem(ParseResult parsed) =>
        parsed is { CommandResult.Command: RootCommand, UnmatchedTokens: [var word, ..] }
            ? $"There is no command '{word}'."
            : parsed.Errors[0].Message;

    private static string Path(ParseResult parsed) =>
        parsed.CommandResult.Command is RootCommand ? "" : parsed.CommandResult.Command.Name + " ";

    private static int Fail(int code, string message)
    {
        Console.Error.WriteLine($"plumb: {message}");
        return code;
    }
}
