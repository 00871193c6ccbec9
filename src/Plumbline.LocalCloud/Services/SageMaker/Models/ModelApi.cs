using System.Text.Json.Nodes;
using Plumbline.Aws.Arns;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Identity;
using Plumbline.LocalCloud.Processes.Jobs;
using Plumbline.LocalCloud.Services.Iam.Authorization;
using Plumbline.LocalCloud.Services.SageMaker.ModelPackages;

namespace Plumbline.LocalCloud.Services.SageMaker.Models;

internal sealed class ModelApi(ModelStore models, ModelPackageStore packages, ServiceRights rights)
{
    private static readonly Listing Listing = new()
    {
        ItemsMember = "Models",
        NameMember = "ModelName",
        Summary = document => document.Tree,
    };

    public async Task<JsonObject> CreateModel(AwsCall call)
    {
        var request = new CreateModelInput(call.Input);
        Check(request);
        return new JsonObject { ["ModelArn"] = await models.CreateAsync(request) };
    }

    public Task<JsonObject> DescribeModel(AwsCall call) =>
        Task.FromResult(models.Find(new DescribeModelInput(call.Input).ModelName));

    public Task<JsonObject> ListModels(AwsCall call) => Task.FromResult(Listing.Page(call.Input, models.List()));

    public async Task<JsonObject> DeleteModel(AwsCall call)
    {
        await models.DeleteAsync(new DeleteModelInput(call.Input).ModelName);
        return [];
    }

    private void Check(CreateModelInput request)
    {
        var primary = request.PrimaryContainer;
        var containers = request.Containers.ToList();
        if (primary is null == (containers.Count == 0))
        {
            throw SageMakerErrors.Validation("Exactly one of PrimaryContainer and Containers must be given.");
        }

        foreach (var container in containers.Prepend(primary).OfType<ContainerDefinition>())
        {
            if (container.Image is null == container.ModelPackageName is null)
            {
                throw SageMakerErrors.Validation("A container needs either an Image or a ModelPackageName.");
            }

            if (container.ModelPackageName is { } package)
            {
                packages.Find(package);
            }

            CheckData(container, request.ExecutionRoleArn);
        }
    }

    /// <summary>Checks that the model's role may read the archive. Only an endpoint checks that it exists.</summary>
    private void CheckData(ContainerDefinition container, string? role)
    {
        var url = container.ModelDataUrl ?? container.ModelDataSource?.S3DataSource?.S3Uri;
        if (
            role is not null
            && S3HttpAddress.TryParseEither(url) is { } data
            && rights.Missing(
                SageMakerAsks.LookAtModelData,
                Caller.OfRole(role, "SageMaker"),
                S3Arn.OfObject(data.Bucket, data.Key)
            )
                is { } missing
        )
        {
            throw SageMakerErrors.Validation(
                $"Could not access model data at {url}. Please ensure that the role \"{role}\" exists and that its trust relationship policy allows "
                    + "the action \"sts:AssumeRole\" for the service principal \"sagemaker.amazonaws.com\". Also ensure that the role has "
                    + $"\"s3:GetObject\" permissions and that the object is located in {LocalCloudIdentity.Region}. If your Model uses multiple models "
                    + $"or uncompressed models, please ensure that the role has \"s3:ListBucket\" permission. ({missing.Message})"
            );
        }
    }
}
