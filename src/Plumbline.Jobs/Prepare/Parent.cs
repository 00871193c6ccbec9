using System.Text.Json.Nodes;
using Plumbline.Aws.Client.Endpoints;
using Plumbline.Aws.Client.Services;
using Plumbline.Aws.Errors;
using Plumbline.Records;

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
        return (new Parent(package.ModelPackageArn, uri, version, live.Model.CreationTime), $"Production is {arn}.");
    }
}
