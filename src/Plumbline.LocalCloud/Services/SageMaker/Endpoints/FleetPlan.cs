using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Services.SageMaker.EndpointConfigs;
using Plumbline.LocalCloud.Services.SageMaker.ModelPackages;
using Plumbline.LocalCloud.Services.SageMaker.Models;
using Plumbline.LocalCloud.Services.SageMaker.ModelServers;

namespace Plumbline.LocalCloud.Services.SageMaker.Endpoints;

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
        var servers = config.Objects("ProductionVariants").Select(Server).ToList();
        return new FleetRecord
        {
            Id = NewId(),
            EndpointName = endpointName,
            EndpointConfigName = configName,
            RoleArn = config.Text("ExecutionRoleArn") ?? servers.Select(server => server.RoleArn).FirstOrDefault(),
            DataCaptureConfig = config.Object("DataCaptureConfig")?.DeepClone().AsObject(),
            Servers = servers,
        };
    }

    private static string NewId() => Guid.CreateVersion7().ToString("N");

    private static JsonObject Container(JsonObject model)
    {
        var containers = model
            .Objects("Containers")
            .Prepend(model.Object("PrimaryContainer"))
            .OfType<JsonObject>()
            .ToList();
        if (containers.Count != 1 || containers[0].Text("Mode") == "MultiModel")
        {
            throw SageMakerErrors.Validation(
                $"Model {model.Text("ModelName")} cannot be served: "
                    + "the local cloud serves only models of one container with one model."
            );
        }

        return containers[0];
    }

    private static string? ModelDataUrl(JsonObject container)
    {
        var source = container.Object("ModelDataSource")?.Object("S3DataSource");
        if (source is null)
        {
            return container.Text("ModelDataUrl");
        }

        return source.Text("CompressionType") == "Gzip" && source.Text("S3DataType") == "S3Object"
            ? source.Text("S3Uri")
            : throw SageMakerErrors.Validation(
                "The local cloud implements ModelDataSource for an S3Object of CompressionType Gzip only."
            );
    }

    private static Dictionary<string, string> Environment(params IEnumerable<JsonObject?> containers) =>
        containers
            .SelectMany(container => container?.Object("Environment") ?? [])
            .GroupBy(variable => variable.Key)
            .ToDictionary(variable => variable.Key, variable => Tree.Text(variable.Last().Value) ?? "");

    private ServerRecord Server(JsonObject variant)
    {
        var model = models.Find(variant.Text("ModelName")!);
        var given = Container(model);
        var container = given.Text("ModelPackageName") is { } package ? PackageContainer(package) : given;
        return new ServerRecord
        {
            Id = NewId(),
            VariantName = variant.Text("VariantName")!,
            Weight = variant.Double("InitialVariantWeight") ?? 1,
            InstanceCount = variant.Int("InitialInstanceCount") ?? 1,
            InstanceType = variant.Text("InstanceType"),
            Volume = variant.Int("VolumeSizeInGB"),
            Image = container.Text("Image")!,
            ModelDataUrl = ModelDataUrl(container),
            // A model's own variables override those of its package.
            Environment = Environment(container, given),
            RoleArn = model.Text("ExecutionRoleArn"),
            EnableNetworkIsolation = model.Bool("EnableNetworkIsolation") == true,
            StartupSeconds = variant.Int("ContainerStartupHealthCheckTimeoutInSeconds") ?? DefaultStartupSeconds,
        };
    }

    private JsonObject PackageContainer(string package)
    {
        var containers = packages.Find(package).Object("InferenceSpecification")?.Objects("Containers").ToList();
        return containers is [{ } only] && only.ContainsKey("Image")
            ? only
            : throw SageMakerErrors.Validation(
                $"Model package {package} cannot be served: "
                    + "the local cloud serves only packages of one container with an image."
            );
    }
}
