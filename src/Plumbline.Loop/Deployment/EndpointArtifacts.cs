using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.Loop.Home;
using Plumbline.Loop.Registry;
using Plumbline.Records;

namespace Plumbline.Loop.Deployment;

/// <summary>
/// The resources that a version needs to be deployed: a model and an endpoint configuration. The configuration's name
/// has a hash of the version and of the whole configuration, so that a second deployment creates nothing twice.
/// </summary>
internal sealed class EndpointArtifacts(LoopContext loop)
{
    /// <summary>The name of the version's configuration.</summary>
    public string ConfigName(ModelVersion version) => Config(version).EndpointConfigName;

    /// <summary>Creates both if they are missing; returns the configuration's name.</summary>
    public async Task<string> MakeAsync(ModelVersion version, CancellationToken cancellationToken)
    {
        var sageMaker = loop.Clients.SageMaker;
        // A resource that an earlier attempt created has the same content: its name says so.
        await Creation.UnlessThereAsync(() => sageMaker.CreateModelAsync(Model(version), cancellationToken));
        var config = Config(version);
        await Creation.UnlessThereAsync(() => sageMaker.CreateEndpointConfigAsync(config.Tree, cancellationToken));
        return config.EndpointConfigName;
    }

    private string ModelName(ModelVersion version) => $"{loop.Names.Project}-v{version.Version}";

    private JsonObject Model(ModelVersion version)
    {
        var aws = loop.Names.Aws;
        var model = new JsonObject
        {
            ["ModelName"] = ModelName(version),
            ["ExecutionRoleArn"] = loop.Names.RoleArn(loop.Names.EndpointRole),
            ["PrimaryContainer"] = new JsonObject { ["ModelPackageName"] = version.Arn },
        };
        if (aws.Vpc is { } vpc)
        {
            model["VpcConfig"] = vpc.ToVpcConfig();
        }

        return model.Tagged(aws);
    }

    private CreateEndpointConfigInput Config(ModelVersion version)
    {
        var endpoint = loop.Project.Endpoint;
        var variant = new JsonObject
        {
            ["VariantName"] = LoopNames.Variant,
            ["ModelName"] = ModelName(version),
            ["InitialInstanceCount"] = endpoint.Count,
            ["InstanceType"] = endpoint.Instance,
            ["InitialVariantWeight"] = 1,
        };
        if (endpoint.AmiVersion is { } ami)
        {
            variant["InferenceAmiVersion"] = ami;
        }

        if (endpoint.StartupTimeout is { } startup)
        {
            variant["ContainerStartupHealthCheckTimeoutInSeconds"] = (int)startup.TotalSeconds;
        }

        if (endpoint.DownloadTimeout is { } download)
        {
            variant["ModelDataDownloadTimeoutInSeconds"] = (int)download.TotalSeconds;
        }

        var config = new JsonObject
        {
            ["ProductionVariants"] = new JsonArray(variant),
            ["DataCaptureConfig"] = new JsonObject
            {
                ["EnableCapture"] = true,
                ["InitialSamplingPercentage"] = loop.Project.Capture.Percent(),
                ["DestinationS3Uri"] = loop.Bucket.UriOf(Layout.Captures),
                ["CaptureOptions"] = new JsonArray(
                    new JsonObject { ["CaptureMode"] = "Input" },
                    new JsonObject { ["CaptureMode"] = "Output" }
                ),
                ["CaptureContentTypeHeader"] = new JsonObject
                {
                    ["CsvContentTypes"] = new JsonArray("text/csv"),
                    ["JsonContentTypes"] = new JsonArray("application/json"),
                },
            },
        };
        var aws = loop.Names.Aws;
        if (aws.KmsKey is { } key)
        {
            config["DataCaptureConfig"]!["KmsKeyId"] = key;
        }

        if (aws.VolumeKey(endpoint.Instance) is { } volumeKey)
        {
            config["KmsKeyId"] = volumeKey;
        }

        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(version.Arn + config.ToJsonString()));
        config["EndpointConfigName"] = $"{ModelName(version)}-{Convert.ToHexStringLower(hash)[..8]}";
        // After the hash: different tags do not make a different configuration.
        return new(config.Tagged(aws));
    }
}
