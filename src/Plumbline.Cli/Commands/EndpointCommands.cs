using System.CommandLine;
using System.Text;
using Plumbline.Aws.Client.Services;
using Plumbline.Loop.Registry;
using Plumbline.Records;
using Spectre.Console;

namespace Plumbline.Cli.Commands;

/// <summary><c>plumb endpoint</c> and <c>plumb invoke</c>: the model in production.</summary>
internal static class EndpointCommands
{
    public static Command Endpoint() =>
        LoopCommand.Create(
            "endpoint",
            "Show the endpoint and the model version in production",
            async (loop, parsed, cancellationToken) =>
            {
                var production =
                    await new ProductionModel(loop).FindAsync(cancellationToken)
                    ?? throw new UserError(
                        loop.Names.Endpoint,
                        "the endpoint does not exist yet: approve a version (`plumb models`)"
                    );
                Output.Write(
                    parsed,
                    production,
                    (console, one) =>
                    {
                        var table = Output.Table("", "");
                        table.ShowHeaders = false;
                        table.AddRow("endpoint", Output.Text(loop.Names.Endpoint));
                        table.AddRow("status", Output.Text(one.Status));
                        table.AddRow(
                            "version",
                            Output.Text(one.Version ?? "none: the model was not made from a version")
                        );
                        table.AddRow("model", Output.Text(one.Model));
                        table.AddRow("configuration", Output.Text(one.EndpointConfig));
                        if (one.FailureReason is not null)
                        {
                            table.AddRow("last failure", Output.Text(one.FailureReason));
                        }

                        console.Write(table);
                    }
                );
                return CommandLine.Ok;
            },
            Output.JsonOption()
        );

    public static Command Invoke()
    {
        var rows = new Argument<string>("ROWS")
        {
            Description = "CSV rows without the label, or @FILE, or - for standard input",
        };
        var id = new Option<string?>("--inference-id")
        {
            Description = "Your key for this prediction, for `plumb correct`",
            HelpName = "ID",
        };
        return LoopCommand.Create(
            "invoke",
            "Send rows to the model in production and print its answer",
            async (loop, parsed, cancellationToken) =>
            {
                var body = await ReadAsync(parsed.GetValue(rows)!, cancellationToken);
                var answer = await loop.Clients.Runtime.InvokeEndpointAsync(
                    new InferenceRequest(loop.Names.Endpoint, Encoding.UTF8.GetBytes(body), "text/csv")
                    {
                        Accept = "application/json",
                        InferenceId = parsed.GetValue(id),
                    },
                    cancellationToken
                );
                Console.WriteLine(Encoding.UTF8.GetString(answer.Body.Span));
                return CommandLine.Ok;
            },
            rows,
            id
        );
    }

    private static async Task<string> ReadAsync(string rows, CancellationToken cancellationToken)
    {
        if (rows == "-")
        {
            return await Console.In.ReadToEndAsync(cancellationToken);
        }

        if (!rows.StartsWith('@'))
        {
            return rows;
        }

        var file = rows[1..];
        return File.Exists(file)
            ? await File.ReadAllTextAsync(file, cancellationToken)
            : throw new UserError(file, "the file does not exist");
    }
}
