using Plumbline.Aws.Views.SageMaker;
using Plumbline.LocalCloud.Services.SageMaker.EndpointConfigs;
using Plumbline.LocalCloud.Services.SageMaker.Hosting.ModelServers;
using Plumbline.LocalCloud.Services.SageMaker.ModelPackages;
using Plumbline.LocalCloud.Services.SageMaker.Models;

namespace Plumbline.LocalCloud.Services.SageMaker.Hosting.Endpoints;

/// <summary>Determines the model servers for an endpoint configuration.</summary>
internal sealed class FleetPlan(EndpointConfigStore configs, ModelStore models, ModelPackageStore packages)
{
    private const int DefaultStartupSeconds = 240;

    /// <summary>Returns the fleet of a configuration.</summary>
    /// <exception cref="Aws.Errors.AwsException">
    /// The configuration, a model or a package is missing, or needs something that the local cloud does not implement.
    /// </exception>
    public FleetRecord Of(string endpointName, string configName)
    {
        var config = configs.Find(configName);
        var servers = config.ProductionVariants.Select(Server).ToList();
        return new FleetRecord
        {
            Id = NewId(),
            EndpointName = endpointName,
            EndpointConfigName = configName,
            RoleArn = config.ExecutionRoleArn ?? servers.Select(server => server.RoleArn).FirstOrDefault(),
            DataCaptureConfig = config.DataCaptureConfig?.Tree.DeepClone().AsObject(),
            Servers = servers,
        };
    }

    private static string NewId() => Guid.CreateVersion7().ToString("N");

    private static ContainerDefinition Container(DescribeModelOutput model)
    {
        var containers = model.Containers.Prepend(model.PrimaryContainer).OfType<ContainerDefinition>().ToList();
        if (containers.Count != 1 || containers[0].Mode == ContainerMode.MultiModel)
        {
            throw SageMakerErrors.Validation(
                $"Model {model.ModelName} cannot be served: "
                    + "the local cloud serves only models of one container with one model."
            );
        }

        return containers[0];
    }

    private static string? ModelDataUrl(ContainerDefinition container)
    {
        var source = container.ModelDataSource?.S3DataSource;
        if (source is null)
        {
            return container.ModelDataUrl;
        }

        return source.CompressionType == ModelCompressionType.Gzip && source.S3DataType == S3ModelDataType.S3Object
            ? source.S3Uri
            : throw SageMakerErrors.Validation(
                "The local cloud implements ModelDataSource for an S3Object of CompressionType Gzip only."
            );
    }

    private static Dictionary<string, string> Environment(params IEnumerable<ContainerDefinition> containers) =>
        containers
            .SelectMany(container => container.Environment)
            .GroupBy(variable => variable.Key)
            .ToDictionary(variable => variable.Key, variable => variable.Last().Value);

    private ServerRecord Server(ProductionVariant variant)
    {
        var model = new DescribeModelOutput(models.Find(variant.ModelName));
        var given = Container(model);
        var container = given.ModelPackageName is { } package ? PackageContainer(package) : given;
        return new ServerRecord
        {
            Id = NewId(),
            VariantName = variant.VariantName,
            Weight = variant.InitialVariantWeight ?? 1,
            InstanceCount = variant.InitialInstanceCount ?? 1,
            InstanceType = variant.InstanceType,
            Volume = variant.VolumeSizeInGB,
            Image = container.Image!,
            ModelDataUrl = ModelDataUrl(container),
            // A model's own variables override those of its package.
            Environment = Environment(container, given),
            RoleArn = model.ExecutionRoleArn,
            EnableNetworkIsolation = model.EnableNetworkIsolation == true,
            StartupSeconds = variant.ContainerStartupHealthCheckTimeoutInSeconds ?? DefaultStartupSeconds,
        };
    }

    /// <summary>Returns a package's container as a model's: both shapes name the members that a server needs alike.</summary>
    private ContainerDefinition PackageContainer(string package)
    {
        var found = new DescribeModelPackageOutput(packages.Find(package));
        return found.InferenceSpecification?.Containers.ToList() is [{ Image: not null } only]
            ? new ContainerDefinition(only.Tree)
            : throw SageMakerErrors.Validation(
                $"Model package {package} cannot be served: "
                    + "the local cloud serves only packages of one container with an image."
            );
    }
}
