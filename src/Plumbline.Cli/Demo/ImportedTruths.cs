using System.Globalization;
using System.Text.Json.Nodes;
using Plumbline.Loop.GroundTruth;
using Plumbline.Loop.Home;

namespace Plumbline.Cli.Demo;

/// <summary>A system learns every truth later and delivers a file, as <c>plumb truth import</c> does.</summary>
/// <param name="loop">The running loop.</param>
/// <param name="folder">The folder of the delivered files.</param>
internal sealed class ImportedTruths(LoopContext loop, string folder) : ITruthArrival
{
    private int files;
    private int confirmed;
    private int corrected;

    public DemoLabels Labels => new(confirmed + corrected, 0, confirmed, corrected);

    public Task ArriveAsync(DemoPhase phase, DemoAnswers answers, CancellationToken cancellationToken) =>
        ArriveAsync(answers, cancellationToken);

    /// <summary>Delivers the truths of all answers.</summary>
    public async Task ArriveAsync(DemoAnswers answers, CancellationToken cancellationToken)
    {
        var right = answers.Judged.Count(row => row.Actual == row.Predicted);
        confirmed += right;
        corrected += answers.Judged.Count - right;
        files++;
        var path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"truths-{files:00}.jsonl"));
        var lines = answers.Answered.Select(one =>
            new JsonObject { ["key"] = one.Answer.Key, ["label"] = one.Example.Truth }.ToJsonString()
        );
        await File.WriteAllLinesAsync(path, lines, cancellationToken);
        await new TruthImport(loop).FileAsync(path, ("key", "label"), reason: null, cancellationToken);
    }
}
