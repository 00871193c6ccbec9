using System.CommandLine;
using Plumbline.Loop.GroundTruth;
using Plumbline.Records;

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
            DefaultValueFactory = _ => "key",
            HelpName = "COLUMN",
        };
        var label = new Option<string>("--label")
        {
            Description = "The column with the true label",
            DefaultValueFactory = _ => "label",
            HelpName = "COLUMN",
        };
        var import = LoopCommand.Create(
            "import",
            "Deliver a file of truths; one invalid line delivers nothing",
            async (loop, parsed, cancellationToken) =>
            {
                var (truths, delivered, isNew) = await new TruthImport(loop).RunAsync(
                    parsed.GetValue(file)!,
                    (parsed.GetValue(key)!, parsed.GetValue(label)!),
                    cancellationToken
                );
                Console.WriteLine(
                    isNew
                        ? $"{Plural.Of(truths, "truth is", "truths are")} in {loop.Bucket.UriOf(delivered)}. The next measurement takes them (`plumb monitor run`)."
                        : $"{Plural.Of(truths, "truth was", "truths were")} delivered before, in {loop.Bucket.UriOf(delivered)}."
                );
                return CommandLine.Ok;
            },
            file,
            key,
            label
        );
        return new Command("truth", "Deliver truths from another system") { import };
    }
}
