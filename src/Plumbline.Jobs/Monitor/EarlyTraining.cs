using System.Net;
using System.Text.Json.Nodes;
using Amazon.S3;
using Plumbline.Aws.Arns;
using Plumbline.Aws.Client.Services;
using Plumbline.Aws.Errors;
using Plumbline.Jobs.Processing;
using Plumbline.Records;
using Plumbline.Records.Comparison;
using Plumbline.Records.Data;
using Plumbline.Records.GroundTruth;
using Plumbline.Records.Monitoring;

namespace Plumbline.Jobs.Monitor;

/// <summary>
/// Finds after a measurement whether a change of the figure or the growth of labels asks for a training before the alarm
/// does. It looks quickly, so that builds are not started in vain: the governor decides by the whole records.
/// </summary>
internal sealed class EarlyTraining(ProcessingContext context, SageMakerClient sageMaker)
{
    private const int NewestReports = 60;

    private Task<Learned?>? newest;

    /// <summary>The trigger and its reason; null if none asks, or if a limit of <c>retraining</c> forbids a training.</summary>
    /// <param name="report">The measurement, whose report is stored.</param>
    /// <param name="ct">Ends the reading.</param>
    public Task<TrainingDue?> FindAsync(MonitorReport report, CancellationToken ct) =>
        // The alarm asks for itself.
        OrNothingAsync(async () => report.Low ? null : await LookAsync(report, ct));

    /// <summary>See <see cref="MonitorReport.MostGain"/>.</summary>
    /// <param name="report">The measurement, whose report is not stored yet.</param>
    /// <param name="ct">Ends the reading.</param>
    public Task<double?> MostGainAsync(MonitorReport report, CancellationToken ct) =>
        OrNothingAsync(async () =>
            context.Project.Monitor.Precision is null
            || report.Low
            || await NewestAsync(ct) is not { Execution: { } execution } learned
            || QualityChange.Of([.. await ReportsAsync(ct), report], report.Metric, learned.Data.Time)
                is { IsDue: true }
            || await context.Bucket.FindTextAsync(Layout.Comparison(execution), ct) is not { } text
                ? null
                : RecordJson.Read<ComparisonReport>(text, Layout.Comparison(execution)).MostGain()
        );

    private static async Task<T?> OrNothingAsync<T>(Func<Task<T?>> lookAsync)
    {
        try
        {
            return await lookAsync();
        }
        catch (AwsException missing) when (missing.IsMissing())
        {
            // The first push creates the registry.
            return default;
        }
        catch (Exception denied)
            when (denied is AwsException { Status: 403 } or AwsException { Code: "AccessDeniedException" }
                || denied is AmazonS3Exception { StatusCode: HttpStatusCode.Forbidden }
            )
        {
            Console.WriteLine(
                $"Only the alarm can start a retraining: the role of the job is older than this version, and the next push renews it. {denied.Message}"
            );
            return default;
        }
    }

    private async Task<TrainingDue?> LookAsync(MonitorReport report, CancellationToken ct)
    {
        var retraining = context.Project.Retraining;
        if (!retraining.OnChange && retraining.Growth is null)
        {
            return null;
        }

        if (
            await NewestAsync(ct) is not { Data: var learned }
            || retraining.CoolsDownUntil(learned.Time, report.Window.At) is not null
        )
        {
            return null;
        }

        var found = await NewLabelsAsync(learned, ct);
        if (retraining.IsTooFew(found))
        {
            return null;
        }

        return TrainingDue.Of(
            context.Project,
            LabelsGrown.Of(context.Project, found, learned.Rows(), report.Labels),
            retraining.OnChange ? await ReportsAsync(ct) : [],
            learned.Time
        );
    }

    /// <summary>The newest version that was trained by the loop; null before the first.</summary>
    private Task<Learned?> NewestAsync(CancellationToken ct)
    {
        return newest ??= ReadAsync();

        async Task<Learned?> ReadAsync()
        {
            var input = new JsonObject
            {
                ["ModelPackageGroupName"] = context.Project.LoopName(),
                ["SortBy"] = "CreationTime",
                ["SortOrder"] = "Descending",
            };
            await foreach (var one in sageMaker.ListModelPackagesPagedAsync(input, ct))
            {
                var version = await sageMaker.DescribeModelPackageAsync(
                    new JsonObject { ["ModelPackageName"] = one.ModelPackageArn },
                    ct
                );
                if (
                    version.CustomerMetadataProperties.GetValueOrDefault(ModelMetadata.DataSetVersion) is
                    { Length: > 0 } data
                )
                {
                    var key = Layout.Manifest(data);
                    return await context.Bucket.FindTextAsync(key, ct) is { } text
                        ? new Learned(
                            RecordJson.Read<DataSetManifest>(text, key),
                            Arn.NameOf(version.MetadataProperties?.GeneratedBy)
                        )
                        : null;
                }
            }

            return null;
        }
    }

    /// <summary>
    /// The predictions with a label that came since the data set was made. Labels in files of earlier hours are left
    /// out, so that only a few files are read.
    /// </summary>
    private async Task<int> NewLabelsAsync(DataSetManifest learned, CancellationToken ct)
    {
        var from = learned.Time is { } time ? Layout.Corrections + Layout.Hour(time.AddHours(-1)) : null;
        var keys = await context
            .Bucket.ListAsync(Layout.Corrections, from, ct)
            .Select(item => item.Key)
            .Where(key => key.EndsWith(Layout.Lines, StringComparison.Ordinal))
            .ToListAsync(ct);
        var texts = await context.Bucket.TextsAsync(keys, ct);
        var answers =
            from file in keys.Zip(texts)
            from one in CorrectionLog.Read((file.Second ?? "").Split('\n'), file.First, new SetAside())
            let label = context.Project.LabelOf(one.Label)
            where label is not null
            select new AnswerKey(one.JoinKey, one.Id, label);
        return AnswerKey.CountNew(answers, learned.Corrections.All().ToHashSet());
    }

    private async Task<IReadOnlyList<MonitorReport>> ReportsAsync(CancellationToken ct)
    {
        var keys = await context
            .Bucket.ListAsync(Layout.MonitorRuns, cancellationToken: ct)
            .Select(item => item.Key)
            .Where(key => key.EndsWith("/report.json", StringComparison.Ordinal))
            .ToListAsync(ct);
        var newest = keys.TakeLast(NewestReports).ToList();
        var texts = await context.Bucket.TextsAsync(newest, ct);
        return [.. newest.Zip(texts, (key, text) => RecordJson.Read<MonitorReport>(text!, key))];
    }
}

/// <summary>The newest version that was trained by the loop.</summary>
/// <param name="Data">Its data set.</param>
/// <param name="Execution">The id of the execution that registered it; null if none did.</param>
internal sealed record Learned(DataSetManifest Data, string? Execution);
