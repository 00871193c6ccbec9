using System.CommandLine;
using Plumbline.Loop.GroundTruth;
using Plumbline.Records;
using Plumbline.Records.GroundTruth;

namespace Plumbline.Cli.Commands;

/// <summary><c>plumb truth import</c>: delivers the truths that another system knows, by the thousand.</summary>
internal static class TruthCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE")
        {
            Description = "CSV with a header line, JSON Lines, Parquet, or ground truth in AWS's format",
        };
        var key = new Option<string>("--key")
        {
            Description = "The column with the prediction's key: its InferenceId, or its event id",
            DefaultValueFactory = _ => TruthFile.UsualColumns.Key,
            HelpName = "COLUMN",
        };
        var label = new Option<string>("--label")
        {
            Description = "The column with the true label",
            DefaultValueFactory = _ => TruthFile.UsualColumns.Label,
            HelpName = "COLUMN",
        };
        var reason = new Option<string?>("--reason")
        {
            Description = "Why, for the history and for each correction",
            HelpName = "TEXT",
        };
        var import = LoopCommand.Create(
            "import",
            "Deliver a file of truths; one invalid line delivers nothing",
            async (loop, parsed, cancellationToken) =>
            {
                var (delivery, isNew) = await new TruthImport(loop).FileAsync(
                    parsed.GetValue(file)!,
                    (parsed.GetValue(key)!, parsed.GetValue(label)!),
                    parsed.GetValue(reason),
                    cancellationToken
                );
                Console.WriteLine(
                    isNew
                        ? $"{Plural.Of(delivery.Truths, "truth is", "truths are")} in {loop.Bucket.UriOf(delivery.Key)}. The next measurement takes them (`plumb monitor run`)."
                        : $"{Plural.Of(delivery.Truths, "truth was", "truths were")} delivered before, in {loop.Bucket.UriOf(delivery.Key)}."
                );
                return CommandLine.Ok;
            },
            file,
            key,
            label,
            reason
        );
        return new Command("truth", "Deliver truths from another system") { import };
    }
}
