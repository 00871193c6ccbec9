using System.Text.Json.Nodes;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Formats;
using Plumbline.Loop.Approval;
using Plumbline.Loop.Data;
using Plumbline.Loop.Home;
using Plumbline.Loop.Registry;
using Plumbline.Records;
using Plumbline.Records.Comparison;
using Plumbline.Records.Data;
using Plumbline.Records.Evaluation;
using Plumbline.Records.Quality;
using Plumbline.WebConsole.Components;

namespace Plumbline.WebConsole.Pages.Models;

/// <summary>The data of a version for one side of the comparison.</summary>
public sealed record ModelDetail
{
    public required ModelVersion Model { get; init; }

    /// <summary>True if the endpoint serves it.</summary>
    public required bool InProduction { get; init; }

    /// <summary>True if its decision was carried out; otherwise the same decision can be made again.</summary>
    public required bool IsSettled { get; init; }

    /// <summary>A candidate of a later training (<see cref="ModelRegistry.NewerThan"/>); null without one.</summary>
    public ModelVersion? Newer { get; init; }

    /// <summary>The evidence for a decision on this page; null without an evaluation.</summary>
    public Evidence? Evidence { get; init; }

    /// <summary>The names of its classes at the time of training.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>Held-out rows by actual and predicted class; null in a regression, or if the answers were not kept.</summary>
    public ConfusionMatrix? Confusion { get; init; }

    /// <summary>The result of its comparison; null for a first model.</summary>
    public CandidateReport? Verdict { get; init; }

    /// <summary>The comparison's advice; null without a comparison.</summary>
    public string? Advice { get; init; }

    /// <summary>The data that it was trained on.</summary>
    public DataSetManifest? Data { get; init; }

    /// <summary>The settings of its training by name, to show differences.</summary>
    public required IReadOnlyDictionary<string, string> Configuration { get; init; }

    public static async Task<ModelDetail> ReadAsync(
        LoopContext loop,
        ModelVersion version,
        IReadOnlyList<ModelVersion> versions,
        string? production,
        CancellationToken cancellationToken
    )
    {
        var registry = new ModelRegistry(loop);
        var comparison = version.GeneratedBy is { } execution
            ? await registry.ComparisonAsync(execution, cancellationToken)
            : null;
        var data = await new DataSets(loop).FindAsync(version.DataSetVersion, cancellationToken);
        var labels = data?.Labels ?? loop.Project.Labels;
        return new ModelDetail
        {
            Model = version,
            Labels = labels,
            InProduction = version.Arn == production,
            IsSettled =
                !version.IsPending && await new Approvals(loop).SettledAsync(version, cancellationToken) is not null,
            Newer = ModelRegistry.NewerThan(version, versions),
            Evidence = await registry.EvidenceAsync(version, cancellationToken),
            Confusion = Matrix(
                loop.Project.Task == TaskKind.Classification ? labels.Count : 0,
                await registry.PredictionsAsync(version, cancellationToken)
            ),
            Verdict = comparison?.Of(version.Role),
            Advice = comparison?.Reason,
            Data = data,
            Configuration = await ConfigurationAsync(loop, version, cancellationToken),
        };
    }

    private static ConfusionMatrix? Matrix(int classes, IReadOnlyList<Prediction> predictions)
    {
        if (
            classes == 0
            || predictions.Count == 0
            || predictions.Any(one => Math.Max(one.Actual, one.Predicted) >= classes)
        )
        {
            return null;
        }

        var matrix = new ConfusionMatrix(classes);
        foreach (var one in predictions)
        {
            matrix[(int)one.Actual, (int)one.Predicted]++;
        }

        return matrix;
    }

    private static async Task<IReadOnlyDictionary<string, string>> ConfigurationAsync(
        LoopContext loop,
        ModelVersion version,
        CancellationToken cancellationToken
    )
    {
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["commit"] = version.Commit,
            ["data set version"] = version.DataSetVersion,
            ["started by"] = version.Metadata.GetValueOrDefault(ModelMetadata.Trigger, ""),
        };
        if (version.Weights.Length > 0)
        {
            all["blend"] = version.Weights;
            return all;
        }

        try
        {
            var job = await loop.Clients.SageMaker.DescribeTrainingJobAsync(
                new JsonObject
                {
                    ["TrainingJobName"] = version.Metadata.GetValueOrDefault(ModelMetadata.TrainingJob, "none"),
                },
                cancellationToken
            );
            foreach (var (name, value) in job.HyperParameters)
            {
                all[name] = value;
            }

            var resources = job.ResourceConfig;
            all["instance"] = $"{resources?.InstanceType} x {resources?.InstanceCount}";
            all["training time"] = DisplayText.Duration(TimeSpan.FromSeconds(job.TrainingTimeInSeconds ?? 0));
        }
        catch (AwsException missing) when (missing.Status is 400 or 404)
        {
            all["training job"] = "is gone";
        }

        return all;
    }
}
