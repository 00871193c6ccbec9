using System.Globalization;
using Plumbline.Aws.Formats;
using Plumbline.Jobs.Prepare;
using Plumbline.Jobs.Processing;
using Plumbline.Jobs.Tests.Processing;
using Plumbline.Records;
using Plumbline.Records.Data;
using Plumbline.Records.GroundTruth;
using Plumbline.Records.Project;
using Plumbline.Testing;

namespace Plumbline.Jobs.Tests.Prepare;

/// <summary>A project with its base data and corrections, which the prepare step reads.</summary>
public abstract class PrepareRuns(ProcessingCloud cloud) : IDisposable
{
    private protected static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private protected readonly ProcessingCloud cloud = cloud;
    private protected readonly TemporaryFolder folder = new();

    private protected ProjectDescription project = new()
    {
        Name = "sample",
        Data = new DataDescription(),
        Labels = ["no", "yes"],
    };

    public void Dispose()
    {
        folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected ProcessingFolders Folders => new(folder.Path);

    private protected async Task<PrepareReport> RunAsync(
        string endpoint,
        DateTimeOffset? now = null,
        string kind = "full"
    )
    {
        var arguments = new ProcessingArguments(
            ["--endpoint", endpoint, "--kind", kind],
            "endpoint",
            "commit",
            "trigger",
            "kind",
            "at"
        );
        await PrepareCommand.RunAsync(cloud.Context(project, Folders, now ?? Now), arguments, CancellationToken.None);
        return await RecordJson.ReadFileAsync<PrepareReport>(
            folder.At("processing/output/prepare/prepare.json"),
            CancellationToken.None
        );
    }

    private protected void Base(int rows) =>
        folder.Write(
            "processing/input/base/data.csv",
            "label,a,b\n"
                + string.Concat(Enumerable.Range(0, rows).Select(i => $"{(i % 2 == 0 ? "no" : "yes")},{i},{i % 7}\n"))
        );

    private protected void Corrections(int first, int count)
    {
        var lines = Enumerable
            .Range(first, count)
            .Select(i => new Correction
            {
                Id = Guid.CreateVersion7(Now.AddSeconds(i)),
                JoinKey = $"k{i}",
                InferenceTime = Now,
                Endpoint = "grown",
                Features = string.Create(CultureInfo.InvariantCulture, $"{1000 + i},3"),
                Predicted = "no",
                Label = "yes",
                List = ReviewList.Audit,
                Reviewer = "ann",
                Time = Now,
            })
            .Select(CorrectionLog.ToLine);
        folder.Write("processing/input/corrections/2026/03/01/12/x.jsonl", string.Join('\n', lines) + "\n");
    }
}
