using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Plumbline.Aws.Arns;
using Plumbline.Aws.Client.Services;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Formats;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.Loop.Home;
using Plumbline.Records;
using Plumbline.Records.Comparison;
using Plumbline.Records.Evaluation;

namespace Plumbline.Loop.Registry;

/// <summary>The versions of a project's model.</summary>
public sealed class ModelRegistry(LoopContext loop)
{
    /// <summary>All versions, oldest first.</summary>
    public async Task<IReadOnlyList<ModelVersion>> ListAsync(CancellationToken cancellationToken = default)
    {
        var versions = new List<ModelVersion>();
        var group = new JsonObject { ["ModelPackageGroupName"] = loop.Names.ModelPackageGroup };
        var summaries = loop.Clients.SageMaker.ListModelPackagesPagedAsync(group, cancellationToken);
        await foreach (var summary in summaries)
        {
            versions.Add(await DescribeAsync(summary.ModelPackageArn, cancellationToken));
        }

        return [.. versions.OrderBy(version => version.Version)];
    }

    /// <summary>
    /// The versions that wait for a decision: the pending ones, without those whose sibling from the same execution is
    /// approved, since that approval decided between the two, and without those that <see cref="NewerThan"/> supersedes.
    /// </summary>
    public static IReadOnlyList<ModelVersion> Waiting(IReadOnlyList<ModelVersion> versions)
    {
        var decided = versions
            .Where(version => version is { Status: ModelApprovalStatus.Approved, GeneratedBy: not null })
            .Select(version => version.GeneratedBy)
            .ToHashSet();
        return
        [
            .. versions.Where(version =>
                version.IsPending && !decided.Contains(version.GeneratedBy) && NewerThan(version, versions) is null
            ),
        ];
    }

    /// <summary>
    /// The newest version of a later training that is not rejected; null without one. It has learned what came since, so
    /// nobody should approve the earlier version without having seen it.
    /// </summary>
    public static ModelVersion? NewerThan(ModelVersion version, IReadOnlyList<ModelVersion> versions) =>
        version.GeneratedBy is not { } execution
            ? null
            : versions.LastOrDefault(one =>
                one.Version > version.Version
                && one.GeneratedBy is { } later
                && later != execution
                && one.Status != ModelApprovalStatus.Rejected
            );

    /// <summary>The end of a sentence about a version that <see cref="NewerThan"/> supersedes.</summary>
    /// <param name="newer">The version that supersedes it.</param>
    public static string OlderThan(ModelVersion newer) =>
        $"is older than version {newer.Version}, which a later training made and which {(newer.IsPending ? "awaits a decision" : "is approved")}";

    /// <summary>One version by its ARN.</summary>
    public async Task<ModelVersion> DescribeAsync(string arn, CancellationToken cancellationToken = default) =>
        ModelVersion.Of(
            await loop.Clients.SageMaker.DescribeModelPackageAsync(
                new JsonObject { ["ModelPackageName"] = arn },
                cancellationToken
            )
        );

    /// <summary>One version by its number.</summary>
    /// <exception cref="UserError">The version does not exist.</exception>
    public async Task<ModelVersion> GetAsync(long version, CancellationToken cancellationToken = default)
    {
        try
        {
            return await DescribeAsync(loop.Names.PackageArn(version), cancellationToken);
        }
        catch (AwsException missing) when (missing.Status is 400 or 404)
        {
            throw new UserError(
                $"version {version}",
                $"{loop.Project.Name} has no such version: `plumb models` lists them"
            );
        }
    }

    /// <summary>All versions with their figures, and which of them is in production.</summary>
    public async Task<IReadOnlyList<EvaluatedVersion>> EvaluatedAsync(CancellationToken cancellationToken = default)
    {
        var production = await new ProductionModel(loop).FindAsync(cancellationToken);
        var evaluated = new List<EvaluatedVersion>();
        var versions = await ListAsync(cancellationToken);
        foreach (var version in versions)
        {
            evaluated.Add(
                new EvaluatedVersion(
                    version,
                    await EvaluationAsync(version, cancellationToken),
                    production?.PackageArn == version.Arn
                )
                {
                    SupersededBy = version.IsPending ? NewerThan(version, versions)?.Version : null,
                }
            );
        }

        return evaluated;
    }

    /// <summary>The evaluation that a version was registered with, or null.</summary>
    public async Task<EvaluationReport?> EvaluationAsync(
        ModelVersion version,
        CancellationToken cancellationToken = default
    ) => (await EvidenceAsync(version, cancellationToken))?.Report;

    /// <summary>The evaluation and its hash from one read, so that a decision is bound to it; or null.</summary>
    public async Task<Evidence?> EvidenceAsync(ModelVersion version, CancellationToken cancellationToken = default) =>
        await EvidenceTextAsync(version, cancellationToken) is { } text
            ? new Evidence(EvaluationReport.FromDocument(text, version.StatisticsUri!), HashOf(text))
            : null;

    /// <summary>The model's answer for each held-out row; empty if the answers were not kept.</summary>
    public async Task<IReadOnlyList<Prediction>> PredictionsAsync(
        ModelVersion version,
        CancellationToken cancellationToken = default
    )
    {
        var evaluation = S3Uri.TryParseObject(version.StatisticsUri);
        if (evaluation is null)
        {
            return [];
        }

        var key = evaluation.Key.Replace("/evaluation.json", "/predictions.csv", StringComparison.Ordinal);
        var text = await loop.Bucket.FindTextAsync(key, cancellationToken);
        return text is null
            ? []
            : Prediction.Read(
                text.Split('\n', StringSplitOptions.RemoveEmptyEntries),
                (evaluation with { Key = key }).ToString()
            );
    }

    /// <summary>The result of an execution's comparison; null if there was nothing to compare with.</summary>
    public async Task<ComparisonReport?> ComparisonAsync(
        string executionArn,
        CancellationToken cancellationToken = default
    )
    {
        var key = Layout.Comparison(Arn.NameOf(executionArn));
        return await loop.Bucket.FindTextAsync(key, cancellationToken) is { } text
            ? RecordJson.Read<ComparisonReport>(text, key)
            : null;
    }

    /// <summary>SHA-256 of the evaluation that a decision is based on, or null.</summary>
    public async Task<string?> EvidenceHashAsync(ModelVersion version, CancellationToken cancellationToken = default) =>
        await EvidenceTextAsync(version, cancellationToken) is { } text ? HashOf(text) : null;

    private static string HashOf(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private async Task<string?> EvidenceTextAsync(ModelVersion version, CancellationToken cancellationToken) =>
        S3Uri.TryParseObject(version.StatisticsUri) is { } uri && uri.Bucket == loop.Names.Bucket
            ? await loop.Bucket.FindTextAsync(uri.Key, cancellationToken)
            : null;
}
