using System.Text.Json.Nodes;
using Plumbline.Aws.Client;
using Plumbline.Aws.Client.Endpoints;
using Plumbline.Aws.Client.Services;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Formats;
using Plumbline.Records;
using Plumbline.Records.Project;

namespace Plumbline.Jobs.Prepare;

/// <summary>The model in production: the package behind the endpoint's configuration's model.</summary>
/// <param name="PackageArn">The model package.</param>
/// <param name="ModelUri">The S3 URI of its model.tar.gz.</param>
/// <param name="DatasetVersion">The version of its training data; empty if the package does not say.</param>
/// <param name="Deployed">
/// The time of its first deployment, which is when SageMaker's model was created. Null if SageMaker does not say.
/// </param>
public sealed record Parent(string PackageArn, string ModelUri, string DatasetVersion, DateTimeOffset? Deployed)
{
    /// <summary>The S3 URI of the project's description at its training; empty if the package does not say.</summary>
    public string ProjectUri { get; init; } = "";

    /// <summary>The settings of its training; null if they are unknown.</summary>
    public async Task<TrainingDescription?> TrainingAsync(BucketClient bucket, CancellationToken ct) =>
        S3Uri.TryParseObject(ProjectUri) is { } uri
        && uri.Bucket == bucket.Name
        && await bucket.FindTextAsync(uri.Key, ct) is { } json
            ? ProjectDescription.FromJson(json, ProjectUri).Training
            : null;

    /// <summary>Returns the parent or null, and a sentence that gives the reason.</summary>
    public static async Task<(Parent? Parent, string Reason)> FindAsync(
        SageMakerClient sageMaker,
        string endpoint,
        CancellationToken ct
    )
    {
        if (await EndpointModel.FindAsync(sageMaker, endpoint, ct) is not { } live)
        {
            return (null, $"Endpoint {endpoint} does not exist yet: this is the first model.");
        }
        if (live.PackageArn is not { } arn)
        {
            return (null, $"Endpoint {endpoint} serves a model that is not in the registry: it cannot be a parent.");
        }
        var package = await sageMaker.DescribeModelPackageAsync(new JsonObject { ["ModelPackageName"] = arn }, ct);
        var uri =
            package.InferenceSpecification?.Containers.FirstOrDefault()?.ModelDataUrl
            ?? throw new AwsException("InvalidResponse", 500, $"Model package {arn} has no ModelDataUrl.");
        var version = package.CustomerMetadataProperties.GetValueOrDefault(ModelMetadata.DataSetVersion, "");
        var parent = new Parent(package.ModelPackageArn, uri, version, live.Model.CreationTime)
        {
            ProjectUri = package.CustomerMetadataProperties.GetValueOrDefault(ModelMetadata.Project, ""),
        };
        return (parent, $"Production is {arn}.");
    }
}
