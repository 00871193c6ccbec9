using System.CommandLine;
using Plumbline.Loop.Registry;
using Plumbline.Records;
using Spectre.Console;

namespace Plumbline.Cli.Commands;

/// <summary><c>plumb endpoint</c>: the model in production.</summary>
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
}
