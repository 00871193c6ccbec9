using System.CommandLine;
using Plumbline.Loop.Home;
using Plumbline.Loop.Status;

namespace Plumbline.Cli.Commands;

/// <summary><c>plumb logs</c>: what a job, a build or the endpoint printed.</summary>
internal static class LogsCommand
{
    private static readonly Dictionary<string, Func<LoopContext, string>> Groups = new()
    {
        ["training"] = _ => LoopLogs.TrainingJobs,
        ["processing"] = _ => LoopLogs.ProcessingJobs,
        ["endpoint"] = loop => $"/aws/sagemaker/Endpoints/{loop.Names.Endpoint}",
        ["build"] = loop => LoopLogs.OfBuilds(loop.Names.BuildProject),
        ["deploy"] = loop => LoopLogs.OfBuilds(loop.Names.DeployProject),
    };

    public static Command Create()
    {
        var what = new Argument<string>("WHAT") { Description = string.Join(", ", Groups.Keys) };
        what.AcceptOnlyFromAmong([.. Groups.Keys]);
        var stream = new Option<string?>("--stream")
        {
            Description = "Only log streams whose names start with this, such as a job's name",
            HelpName = "PREFIX",
        };
        var filter = new Option<string?>("--filter")
        {
            Description = "Only lines that match this filter pattern of CloudWatch Logs",
            HelpName = "PATTERN",
        };
        return LoopCommand.Create(
            "logs",
            "Show the output of jobs, builds and the endpoint",
            async (loop, parsed, cancellationToken) =>
            {
                var lines = new LoopLogs(loop).TailAsync(
                    Groups[parsed.GetValue(what)!](loop),
                    parsed.GetValue(stream),
                    parsed.GetValue(filter),
                    cancellationToken
                );
                await foreach (var (name, message) in lines)
                {
                    Console.WriteLine($"{name}  {message}");
                }

                return CommandLine.Ok;
            },
            what,
            stream,
            filter
        );
    }
}
