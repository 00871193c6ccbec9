using System.CommandLine;
using Plumbline.Loop.Registry;
using Plumbline.Records.Evaluation;
using Plumbline.Records.Quality;
using Spectre.Console;

namespace Plumbline.Cli.Commands;

/// <summary><c>plumb models</c>: the versions side by side.</summary>
internal static class ModelsCommand
{
    public static Command Create() =>
        LoopCommand.Create(
            "models",
            "Compare the model versions: role, status, quality, data and commit",
            async (loop, parsed, cancellationToken) =>
            {
                var versions = await new ModelRegistry(loop).EvaluatedAsync(cancellationToken);
                Output.Write(parsed, versions, Write);
                return CommandLine.Ok;
            },
            Output.JsonOption()
        );

    private static void Write(IAnsiConsole console, IReadOnlyList<EvaluatedVersion> versions)
    {
        var table = Output.Table("version", "role", "status", "recent", "base", "data", "commit", "made", "why");
        foreach (var one in versions)
        {
            var (model, evaluation, live) = one;
            table.AddRow(
                live ? $"[bold]{model.Version}[/] live" : $"{model.Version}",
                Output.Text(model.Weights.Length > 0 ? $"{model.Role} of {model.Weights}" : model.Role),
                Output.Text(one.StatusText()),
                Figure(evaluation?.Recent),
                Figure(evaluation?.Base),
                Output.Text(Short(model.DataSetVersion)),
                Output.Text(Short(model.Commit)),
                Output.Time(model.Created),
                Output.Text(model.StatusReason)
            );
        }

        console.Write(table);
    }

    private static string Figure(SetEvaluation? set) =>
        set is { Value: { } value, Lower: { } lower, Upper: { } upper } && MetricKind.Of(set.Metric) is var kind
            ? $"{kind.Text(value)} [grey]{kind.Text(lower)}-{kind.Text(upper)} n={set.Rows}[/]"
            : "-";

    private static string Short(string id) => id.Length > 8 ? id[..8] : id;
}
