using System.Text.Json.Nodes;
using Amazon.S3.Model;
using Plumbline.Aws.Client.Services;
using Plumbline.Aws.Errors;
using Plumbline.Loop.Home;

namespace Plumbline.Scenarios.Tests.OnAws;

/// <summary>Permanently deletes what <c>plumb aws destroy</c> keeps: versions, pipelines, repository, bucket.</summary>
internal sealed class AccountLeftovers(LoopContext loop)
{
    /// <summary>Deletes everything that exists.</summary>
    public async Task DeleteAsync()
    {
        var (sageMaker, names) = (loop.Clients.SageMaker, loop.Names);
        await UnlessMissingAsync(async () =>
        {
            var group = new JsonObject { ["ModelPackageGroupName"] = names.ModelPackageGroup };
            await foreach (var version in sageMaker.ListModelPackagesPagedAsync(group))
            {
                await sageMaker.DeleteModelPackageAsync(
                    new JsonObject { ["ModelPackageName"] = version.ModelPackageArn }
                );
            }

            await sageMaker.DeleteModelPackageGroupAsync(group);
        });
        foreach (var pipeline in (string[])[names.TrainingPipeline, names.MonitorPipeline])
        {
            await UnlessMissingAsync(() =>
                sageMaker.DeletePipelineAsync(
                    new JsonObject
                    {
                        ["PipelineName"] = pipeline,
                        ["ClientRequestToken"] = Guid.NewGuid().ToString("N"),
                    }
                )
            );
        }

        await UnlessMissingAsync(() =>
            loop.Clients.CodeCommit.DeleteRepositoryAsync(new JsonObject { ["repositoryName"] = names.Repository })
        );
        await EmptyAsync(names.Bucket);
    }

    private async Task EmptyAsync(string bucket)
    {
        var s3 = loop.Clients.S3;
        try
        {
            while (true)
            {
                var page = await s3.ListVersionsAsync(new ListVersionsRequest { BucketName = bucket });
                foreach (var version in page.Versions ?? [])
                {
                    await s3.DeleteObjectAsync(bucket, version.Key, version.VersionId);
                }

                if (page.Versions is null or [])
                {
                    break;
                }
            }

            await s3.DeleteBucketAsync(bucket);
        }
        catch (Amazon.S3.AmazonS3Exception missing) when (missing.ErrorCode == "NoSuchBucket")
        {
            // It did not exist.
        }
    }

    private static async Task UnlessMissingAsync(Func<Task> deleteAsync)
    {
        try
        {
            await deleteAsync();
        }
        catch (AwsException missing)
            when (missing.Code is "ResourceNotFound" or "ValidationException" or "RepositoryDoesNotExistException")
        {
            // It did not exist.
        }
    }
}
