using Plumbline.Aws.Arns;
using Plumbline.LocalCloud.Processes.Jobs;
using Plumbline.LocalCloud.Services.Iam.Authorization;
using Plumbline.LocalCloud.State.Objects;

namespace Plumbline.LocalCloud.Services.SageMaker.Hosting.ModelServers;

/// <summary>Downloads the archives of a model server with its role, and unpacks them.</summary>
internal sealed class ModelDownload(ObjectStore objects, ServiceRights rights)
{
    /// <exception cref="ModelServerFailure">The object is missing, forbidden to the role, or not an archive.</exception>
    public async Task UnpackAsync(ServerRecord server, string url, string folder, CancellationToken cancellationToken)
    {
        var location = S3HttpAddress.TryParseEither(url);
        var missing = location is null
            ? null
            : rights.Missing(SageMakerAsks.LoadModel, server.Role, S3Arn.OfObject(location.Bucket, location.Key));
        var stored =
            (location is null || missing is not null ? null : objects.Find(location.Bucket, location.Key))
            ?? throw new ModelServerFailure(
                $"Failed to download model data for container \"container_1\" from URL: \"{url}\". Please ensure that there is an object located at "
                    + "the URL and that the role passed to CreateModel has permissions to download the object."
                    + (missing is null ? "" : $" ({missing.Message})")
            );
        try
        {
            await new ArchiveReader(folder).UnpackAsync(stored.Path, cancellationToken);
        }
        catch (InvalidDataException exception)
        {
            throw new ModelServerFailure(
                $"Failed to extract model data archive from URL \"{url}\". Please ensure that the object "
                    + $"located at the URL is a valid tar.gz archive. ({exception.Message})",
                exception
            );
        }
    }
}
