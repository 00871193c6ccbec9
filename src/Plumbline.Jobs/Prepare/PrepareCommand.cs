using System.Text.Json;
using Amazon.S3;
using Plumbline.Aws.Client;
using Plumbline.Aws.Client.Services;
using Plumbline.Aws.Formats;
using Plumbline.Jobs.GroundTruth;
using Plumbline.Jobs.Inputs;
using Plumbline.Jobs.Processing;
using Plumbline.Records;
using Plumbline.Records.Data;
using Plumbline.Records.GroundTruth;
using Plumbline.Records.Monitoring;
using Plumbline.Records.Recipes;
using Plumbline.Records.Sources;

namespace Plumbline.Jobs.Prepare;

/// <summary>
/// <c>plumbline-jobs prepare</c>: builds a data set version from base data and corrections, uploads it to S3 under a
/// key that follows from its content, and finds the model in production, which the old candidate continues.
/// </summary>
public static class PrepareCommand
{
    public static Task<int> RunAsync(string[] args, CancellationToken stop) =>
        ProcessingCommand.RunAsync(args, ["endpoint", "commit", "trigger", "kind", "at"], RunAsync, stop);

    public static async Task RunAsync(ProcessingContext context, ProcessingArguments arguments, CancellationToken ct)
    {
        var project = context.Project;
        var sageMaker = new SageMakerClient(context.Connection);
        var (parent, reason) = await Parent.FindAsync(sageMaker, arguments.Required("endpoint"), ct);
        var parentManifest = parent is null ? null : await ManifestAsync(context.Bucket, parent.DatasetVersion, ct);

        using var s3 = S3ClientFactory.Create(context.Connection);
        var downloads = Path.Combine(context.Folders.Scratch, "downloads");
        var input = BaseInput.FileIn(context.Folders.Input("base"));
        var baseFiles = project.Data.IsContent() ? null : BaseInput.Open(input, context.Bucket, s3, downloads, ct);
        var at = arguments.Time("at") ?? context.Clock.GetUtcNow();
        var intake = new Intake(context.Bucket, project, arguments.Required("endpoint"), at);
        var (delivered, taken) = await intake.RunAsync(ct);
        var aside = new SetAside();
        IReadOnlyList<Correction> corrections =
        [
            .. CorrectionLog.ReadFolder(context.Folders.Input("corrections"), aside).UnionBy(taken, one => one.Id),
        ];
        var features = baseFiles is null ? [] : DataSetBuilder.ReadFeatures(baseFiles, project);
        var trainedBy = parent is null ? null : await parent.TrainingAsync(context.Bucket, ct);
        var lineage = Lineage.Of(project, features, parentManifest, trainedBy);
        var folder = Path.Combine(context.Folders.Scratch, "dataset");
        var progress = new ProgressLog(context.Clock, ct);
        IReadOnlyList<SourceObject>? manifests = null;
        if (project.Data.ContentPrefixes().Count > 0)
            (input, manifests) = await PinAsync(context, s3, input, ct);
        var manifest = baseFiles is null
            ? ContentSetBuilder.Build(
                project,
                input,
                corrections,
                lineage.EarlierSplits,
                folder,
                at,
                context.Bucket.Name,
                parentManifest,
                manifests,
                progress.Report
            )
            : DataSetBuilder.Build(
                project,
                baseFiles,
                corrections,
                lineage.EarlierSplits,
                folder,
                at,
                parentManifest,
                parent?.Deployed,
                progress.Report,
                lineage.KeyColumns
            );
        if (baseFiles is null)
        {
            var sample = await ReferenceInputs.ReadAsync(
                context.Bucket,
                s3,
                Path.Combine(folder, manifest.Names.Train),
                ct
            );
            await context.Bucket.TryAddTextAsync(
                Layout.InputReference(manifest.Version),
                RecordJson.WriteDocument(sample),
                ct
            );
        }

        var isNew = await DataSetUpload.RunAsync(context.Bucket, manifest, folder, ct);
        var output = context.Folders.Output("prepare");
        if (lineage.Contest == Contest.NewOnly)
        {
            ReplacedRows.Write(folder, manifest, parentManifest!, Path.Combine(output, ReplacedRows.Folder));
        }
        var hasParent = parent is not null && lineage.Contest != Contest.First;
        var continues = lineage.Contest == Contest.OldAndNew;
        var blends = continues && project.Training.Recipes.Count > 0;
        var (before, enough) = blends
            ? await RecipesAsync(context, manifest, features, corrections, folder, ct)
            : (null, false);
        var refreshed =
            arguments.Optional("kind") == TrainingKind.Refresh && continues
                ? await RefreshedAsync(context, before, enough, ct)
                : null;
        Directory.Delete(context.Folders.Scratch, recursive: true);

        var prefix = Layout.DataSet(manifest.Version);
        var known = parentManifest?.Corrections.All().ToHashSet() ?? [];
        var report = new PrepareReport
        {
            HasParent = hasParent ? "true" : "false",
            ParentReason = parent is null || continues ? reason : $"{reason} {lineage.Reason}",
            Contest = JsonNamingPolicy.CamelCase.ConvertName(
                (refreshed is null ? lineage.Contest : Contest.Refresh).ToString()
            ),
            LeftOut = hasParent ? lineage.Reason : "",
            ParentPackageArn = hasParent ? parent!.PackageArn : "",
            ParentModelUri = hasParent ? parent!.ModelUri : "",
            ParentDatasetVersion = hasParent ? parent!.DatasetVersion : "",
            DatasetVersion = manifest.Version,
            ManifestUri = context.Bucket.UriOf(Layout.Manifest(manifest.Version)),
            TrainUri = context.Bucket.UriOf(prefix + "train/"),
            ValidationUri = context.Bucket.UriOf(prefix + "validation/"),
            TestUri = context.Bucket.UriOf(prefix + "test/"),
            ContentsUri = project.Data.IsContent()
                ? context.Bucket.UriOf(prefix + DataSetFiles.ContentLists.TrimEnd('/'))
                : "",
            FirstModelUri = blends
                // Without an execution before, production's model is the first one.
                ? before?.Models.GetValueOrDefault(Recipe.First.Name) ?? parent!.ModelUri
                : "",
            NewModelUri = refreshed?.Models[Recipe.New.Name] ?? "",
            EnoughRecent = enough ? "true" : "false",
            LabelsAdded = corrections.Count(correction => !known.Contains(correction.Id)),
            SetAside = aside,
            NotTaken = delivered.Sentence(at.AddDays(-7)).Trim(),
            Unusable = manifest.Corrections.Unusable.ToDictionary(pair => pair.Key, pair => pair.Value.Count),
            TrainRows = manifest.Files[manifest.Names.Train].Rows,
            RecentRows = manifest.Files[manifest.Names.Recent].Rows,
            BaseRows = manifest.Files[manifest.Names.Base].Rows,
            Commit = arguments.Optional("commit") ?? "",
            Trigger = arguments.Optional("trigger") ?? "",
        };
        await File.WriteAllTextAsync(Path.Combine(output, PrepareReport.File), RecordJson.WriteDocument(report), ct);
        Console.WriteLine(report.ParentReason);
        Console.WriteLine(
            $"Data set {report.DatasetVersion} ({(isNew ? "new" : "known")}): {Plural.Of(report.TrainRows, "row", "rows")} to train on, "
                + $"{report.BaseRows} base and {report.RecentRows} recent rows held out, {Plural.Of(report.LabelsAdded, "correction", "corrections")} added."
                + string.Concat(report.Unusable.Select(one => $" {one.Value} cannot be used: {one.Key}."))
                + report.SetAside.Sentence()
                + (report.NotTaken.Length > 0 ? $" {report.NotTaken}" : "")
        );
    }

    /// <summary>Reads what the list names in S3, and returns the list with hashes.</summary>
    private static async Task<(string List, IReadOnlyList<SourceObject>? Manifests)> PinAsync(
        ProcessingContext context,
        IAmazonS3 s3,
        string list,
        CancellationToken ct
    )
    {
        var scratch = Path.Combine(context.Folders.Scratch, "contents");
        using var pins = await ContentPins.OpenAsync(context.Bucket, scratch, context.Clock, ct);
        var input = new ContentInput(
            s3,
            pins,
            context.Project.Data.SplitKey is not null,
            new ProgressLog(context.Clock, ct).Report
        );
        var pinned = Path.Combine(scratch, Path.GetFileName(list));
        var manifests = await input.PinAsync(list, pinned, ct);
        Console.WriteLine($"{Plural.Of(input.Read, "content", "contents")} in S3 read; the others are known.");
        return (pinned, manifests);
    }

    /// <summary>Writes the files of the recipes; returns the record of the execution before, if it counts.</summary>
    private static async Task<(RecipeRecord? Before, bool EnoughRecent)> RecipesAsync(
        ProcessingContext context,
        DataSetManifest manifest,
        IReadOnlyList<string> features,
        IReadOnlyList<Correction> corrections,
        string folder,
        CancellationToken ct
    )
    {
        var text = await context.Bucket.FindTextAsync(Layout.Recipes, ct);
        var record = text is null ? null : RecordJson.Read<RecipeRecord>(text, context.Bucket.UriOf(Layout.Recipes));
        var known = record is null ? null : await ManifestAsync(context.Bucket, record.DatasetVersion, ct);
        return new RecipeFiles(context.Project, manifest, folder).Write(
            features,
            corrections,
            record,
            known,
            context.Folders.Output("prepare")
        );
    }

    /// <summary>
    /// The record whose models a refresh blends; null, and a line in the log, if one of them is missing or the newest rows
    /// are too few. Then all candidates are trained, as if no refresh had been asked for.
    /// </summary>
    private static async Task<RecipeRecord?> RefreshedAsync(
        ProcessingContext context,
        RecipeRecord? before,
        bool enough,
        CancellationToken ct
    )
    {
        if (!RecipeFiles.AllowRefresh(before, enough))
        {
            Console.WriteLine(
                before is null
                    ? "All candidates are trained: a refresh has no earlier models to blend with."
                    : $"All candidates are trained: under {RowAges.EnoughLabels} of the newest rows have a label."
            );
            return null;
        }
        foreach (var recipe in context.Project.Training.PartsThatARefreshKeeps())
        {
            var uri = before!.Models.GetValueOrDefault(recipe);
            if (
                S3Uri.TryParseObject(uri) is not { } model
                || await context.Bucket.FindVersionAsync(model.Key, ct) is null
            )
            {
                Console.WriteLine($"All candidates are trained: the earlier model of {recipe} is missing.");
                return null;
            }
        }
        return before;
    }

    private static async Task<DataSetManifest?> ManifestAsync(BucketClient bucket, string version, CancellationToken ct)
    {
        var key = Layout.Manifest(version);
        return version.Length > 0 && await bucket.FindTextAsync(key, ct) is { } json
            ? RecordJson.Read<DataSetManifest>(json, bucket.UriOf(key))
            : null;
    }
}
