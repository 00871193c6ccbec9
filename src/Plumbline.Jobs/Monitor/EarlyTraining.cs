using System.Net;
using System.Text.Json.Nodes;
using Amazon.S3;
using Plumbline.Aws.Client.Endpoints;
using Plumbline.Aws.Client.Services;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.Jobs.Processing;
using Plumbline.Records;
using Plumbline.Records.Data;
using Plumbline.Records.GroundTruth;
using Plumbline.Records.Monitoring;

namespace Plumbline.Jobs.Monitor;

/// <summary>
/// Finds after a measurement whether a change of the figure or the growth of labels asks for a training before the alarm
/// does. It looks quickly, so that builds are not started in vain: the governor decides by the whole records.
/// </summary>
internal sealed class EarlyTraining(ProcessingContext context, SageMakerClient sageMaker, string endpoint)
{
    private const int NewestReports = 60;

    /// <summary>The trigger and its reason; null if none asks, or if a limit of <c>retraining</c> forbids a training.</summary>
    public async Task<TrainingDue?> FindAsync(MonitorReport report, CancellationToken ct)
    {
        try
        {
            // The alarm asks for itself.
            return report.Low ? null : await LookAsync(report, ct);
        }
        catch (AwsException missing) when (missing.IsMissing())
        {
            // The first push creates the registry.
            return null;
        }
        catch (Exception denied)
            when (denied is AwsException { Status: 403 } or AwsException { Code: "AccessDeniedException" }
                || denied is AmazonS3Exception { StatusCode: HttpStatusCode.Forbidden }
            )
        {
            Console.WriteLine(
                $"Only the alarm can start a retraining: the role of the job is older than this version, and the next push renews it. {denied.Message}"
            );
            return null;
        }
    }

    private async Task<TrainingDue?> LookAsync(MonitorReport report, CancellationToken ct)
    {
        var retraining = context.Project.Retraining;
        if (!retraining.OnChange && retraining.Growth is null)
        {
            return null;
        }

        var versions = await VersionsAsync(ct);
        if (await LearnedAsync(versions, ct) is not { } learned)
        {
            return null;
        }

        if (retraining.CoolsDownUntil(learned.Time, report.Window.At) is not null || await IsWaitingAsync(versions, ct))
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
            new LabelsGrown(found, learned.Rows(), retraining.Growth),
            retraining.OnChange ? await ReportsAsync(ct) : [],
            learned.Time
        );
    }

    /// <summary>All versions, newest first.</summary>
    private async Task<List<ModelPackageSummary>> VersionsAsync(CancellationToken ct)
    {
        var input = new JsonObject
        {
            ["ModelPackageGroupName"] = context.Project.LoopName(),
            ["SortBy"] = "CreationTime",
            ["SortOrder"] = "Descending",
        };
        return await sageMaker.ListModelPackagesPagedAsync(input, ct).ToListAsync(ct);
    }

    private Task<DescribeModelPackageOutput> DescribeAsync(string arn, CancellationToken ct) =>
        sageMaker.DescribeModelPackageAsync(new JsonObject { ["ModelPackageName"] = arn }, ct);

    /// <summary>The data set of the newest version that was trained by the loop; null before the first.</summary>
    private async Task<DataSetManifest?> LearnedAsync(List<ModelPackageSummary> versions, CancellationToken ct)
    {
        foreach (var one in versions)
        {
            var facts = (await DescribeAsync(one.ModelPackageArn, ct)).CustomerMetadataProperties;
            if (facts.GetValueOrDefault(ModelMetadata.DataSetVersion) is { Length: > 0 } version)
            {
                var key = Layout.Manifest(version);
                return await context.Bucket.FindTextAsync(key, ct) is { } text
                    ? RecordJson.Read<DataSetManifest>(text, key)
                    : null;
            }
        }

        return null;
    }

    /// <summary>True if a person has to decide first about a version that is newer than production.</summary>
    private async Task<bool> IsWaitingAsync(List<ModelPackageSummary> versions, CancellationToken ct)
    {
        var live = (await EndpointModel.FindAsync(sageMaker, endpoint, ct))?.PackageArn;
        var newer = versions.TakeWhile(one => one.ModelPackageArn != live).ToList();
        var pending = newer.FindAll(one => one.ModelApprovalStatus == ModelApprovalStatus.PendingManualApproval);
        if (pending.Count == 0 || live is null)
        {
            return pending.Count > 0;
        }

        // The approval of one of the two candidates of an execution decides about both.
        var decided = (await DescribeAsync(live, ct)).MetadataProperties?.GeneratedBy;
        foreach (var one in pending)
        {
            if (
                (await DescribeAsync(one.ModelPackageArn, ct)).MetadataProperties?.GeneratedBy is not { } by
                || by != decided
            )
            {
                return true;
            }
        }

        return false;
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
