using System.CommandLine;
using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Cli.Commands;

/// <summary><c>plumb logs</c>: what a job, a build or the endpoint printed.</summary>
internal static class LogsCommand
{
    private static readonly Dictionary<string, Func<Loop.LoopContext, string>> Groups = new()
    {
        ["training"] = _ => "/aws/sagemaker/TrainingJobs",
        ["processing"] = _ => "/aws/sagemaker/ProcessingJobs",
        ["endpoint"] = loop => $"/aws/sagemaker/Endpoints/{loop.Names.Endpoint}",
        ["build"] = loop => $"/aws/codebuild/{loop.Names.BuildProject}",
        ["deploy"] = loop => $"/aws/codebuild/{loop.Names.DeployProject}",
    };

    public static Command Create()
    {
        var what = new Argument<string>("WHAT") { Description = string.Join(", ", Groups.Keys) };
        what.AcceptOnlyFromAmong([.. Groups.Keys]);
        var stream = new Option<string?>("--stream")
        {
            Description = "Only streams that start so: a job's name",
            HelpName = "PREFIX",
        };
        var filter = new Option<string?>("--filter")
        {
            Description = "CloudWatch's filter pattern",
            HelpName = "PATTERN",
        };
        return LoopCommand.Create(
            "logs",
            "Show what jobs, builds and the endpoint printed",
            async (loop, parsed, cancellationToken) =>
            {
                var input = new JsonObject { ["logGroupName"] = Groups[parsed.GetValue(what)!](loop) };
                if (parsed.GetValue(stream) is { } prefix)
                {
                    input["logStreamNamePrefix"] = prefix;
                }

                if (parsed.GetValue(filter) is { } pattern)
                {
                    input["filterPattern"] = pattern;
                }

                var events = loop.Clients.Logs.PageAsync("FilterLogEvents", input, "events", cancellationToken);
                await foreach (var line in events)
                {
                    Console.WriteLine($"{line.Text("logStreamName")}  {line.Text("message")}");
                }

                return CommandLine.Ok;
            },
            what,
            stream,
            filter
        );
    }
}
