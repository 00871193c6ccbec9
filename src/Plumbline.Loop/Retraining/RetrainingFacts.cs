using Plumbline.Loop.Data;
using Plumbline.Loop.Home;
using Plumbline.Loop.Monitoring;
using Plumbline.Loop.Registry;
using Plumbline.Loop.Training;
using Plumbline.Records;
using Plumbline.Records.Data;
using Plumbline.Records.Monitoring;

namespace Plumbline.Loop.Retraining;

/// <summary>The facts that a decision about a training rests on. Each is read once, when it is first asked for.</summary>
internal sealed class RetrainingFacts(LoopContext loop)
{
    /// <summary>Enough for a comparison even if people measure often between two measurements of the schedule.</summary>
    private const int NewestReports = 60;

    private Task<IReadOnlyList<ModelVersion>>? versions;
    private Task<DataSetManifest?>? learned;
    private Task<NewLabelCount>? newLabels;
    private Task<IReadOnlyList<MonitorReport>>? reports;
    private Task<MonthlySpend>? spend;

    /// <summary>All versions, oldest first.</summary>
    public Task<IReadOnlyList<ModelVersion>> VersionsAsync(CancellationToken cancellationToken) =>
        versions ??= new ModelRegistry(loop).ListAsync(cancellationToken);

    /// <summary>The newest version after production's that awaits a decision, or null.</summary>
    public async Task<ModelVersion?> WaitingAsync(CancellationToken cancellationToken)
    {
        var all = await VersionsAsync(cancellationToken);
        var production = await new ProductionModel(loop).FindAsync(cancellationToken);
        var live = all.FirstOrDefault(version => version.Arn == production?.PackageArn)?.Version ?? 0;
        return ModelRegistry.Waiting(all).LastOrDefault(version => version.Version > live);
    }

    /// <summary>The data set of the newest registered version; null before the first.</summary>
    public Task<DataSetManifest?> LearnedAsync(CancellationToken cancellationToken)
    {
        return learned ??= ReadAsync();

        async Task<DataSetManifest?> ReadAsync() =>
            await new NewLabels(loop).BaselineAsync(await VersionsAsync(cancellationToken), cancellationToken);
    }

    /// <summary>The labels that no registered version was trained with.</summary>
    public Task<NewLabelCount> NewLabelsAsync(CancellationToken cancellationToken)
    {
        return newLabels ??= ReadAsync();

        async Task<NewLabelCount> ReadAsync() =>
            await new NewLabels(loop).CountAsync(await LearnedAsync(cancellationToken), cancellationToken);
    }

    /// <summary>The newest published reports, oldest first.</summary>
    public Task<IReadOnlyList<MonitorReport>> ReportsAsync(CancellationToken cancellationToken) =>
        reports ??= new MonitorRuns(loop, TimeProvider.System).ReportsAsync(NewestReports, cancellationToken);

    /// <summary>The change of the figure; null with fewer than two figures.</summary>
    public async Task<QualityChange?> ChangeAsync(CancellationToken cancellationToken) =>
        QualityChange.Of(
            await ReportsAsync(cancellationToken),
            loop.Project.Quality.Metric,
            (await LearnedAsync(cancellationToken))?.Time
        );

    /// <summary>The growth of the labels; null before the first registered version.</summary>
    public async Task<LabelsGrown?> GrowthAsync(CancellationToken cancellationToken) =>
        await LearnedAsync(cancellationToken) is { } manifest
            ? LabelsGrown.Of(
                loop.Project,
                (await NewLabelsAsync(cancellationToken)).Count,
                manifest.Rows(),
                await MeasuredAsync(cancellationToken)
            )
            : null;

    /// <summary>The audit labels of the newest measurement; null before the first.</summary>
    private async Task<long?> MeasuredAsync(CancellationToken cancellationToken) =>
        await ReportsAsync(cancellationToken) is [.., var newest] ? newest.Labels : null;

    /// <summary>The kind of the training that a trigger starts.</summary>
    public async Task<TrainingKind> KindAsync(Trigger trigger, CancellationToken cancellationToken)
    {
        if (!loop.Project.Training.Refreshes() || await FullAsync(cancellationToken) is not { } full)
        {
            return TrainingKind.Of(loop.Project, trigger.Word(), full: null, rows: 0, measured: null);
        }

        var learned = await LearnedAsync(cancellationToken);
        var rows = learned!.Rows() + (await NewLabelsAsync(cancellationToken)).Count;
        return TrainingKind.Of(loop.Project, trigger.Word(), full, rows, await MeasuredAsync(cancellationToken));
    }

    /// <summary>
    /// The rows of the newest training of all candidates, which alone registers an old one; null if a first model or a new
    /// one alone came after it.
    /// </summary>
    private async Task<long?> FullAsync(CancellationToken cancellationToken)
    {
        var versions = await VersionsAsync(cancellationToken);
        return
            versions.LastOrDefault(version => version.Role is not ("" or "blend")) is { Role: "old" or "new" } newest
            && !newest.Metadata.ContainsKey(ModelMetadata.LeftOut)
            ? (await new DataSets(loop).FindAsync(newest.DataSetVersion, cancellationToken))?.Rows()
            : null;
    }

    /// <summary>The dollars of this month's trainings.</summary>
    /// <param name="now">The cloud's time.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public Task<MonthlySpend> SpendAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        spend ??= new ExecutionCosts(loop).ThisMonthAsync(now, cancellationToken);
}
