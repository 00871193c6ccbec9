using System.Text.Json.Nodes;
using Plumbline.Aws.Formats.Pipelines;
using Plumbline.Pipelines.Values;

namespace Plumbline.Pipelines.Steps;

/// <summary>A step that runs a training job.</summary>
/// <param name="Name"><inheritdoc cref="Step.Name"/></param>
public sealed record TrainingStep(string Name) : JobStep(Name)
{
    /// <summary>The image of the algorithm.</summary>
    public required PipelineValue TrainingImage { get; init; }

    /// <summary>The S3 prefix of the model, which is at <c>&lt;job&gt;/output/model.tar.gz</c> under it.</summary>
    public required PipelineValue S3OutputPath { get; init; }

    public IReadOnlyList<Channel> Inputs { get; init; } = [];

    /// <summary>Hyperparameters; numbers become text, as AWS asks.</summary>
    public IReadOnlyDictionary<string, PipelineValue> HyperParameters { get; init; } =
        new Dictionary<string, PipelineValue>();

    /// <summary>Regular expressions that find metrics in the log, by the metric's name.</summary>
    public IReadOnlyDictionary<string, string> MetricDefinitions { get; init; } = new Dictionary<string, string>();

    /// <summary>The S3 prefix of checkpoints, from which an interrupted job continues; null keeps none.</summary>
    public PipelineValue? CheckpointS3Uri { get; init; }

    /// <summary>
    /// Seconds for the training and all waiting for instances together, at least
    /// <see cref="JobStep.MaxRuntimeInSeconds"/>: the job runs on managed spot instances, which AWS may take away. Null
    /// takes instances on demand.
    /// </summary>
    public PipelineValue? MaxWaitTimeInSeconds { get; init; }

    /// <summary>The S3 URI of the trained model.</summary>
    public StepProperty S3ModelArtifacts => Property("ModelArtifacts.S3ModelArtifacts");

    public StepProperty TrainingJobName => Property("TrainingJobName");

    private protected override string Type => StepTypes.Training;

    private protected override JsonObject Arguments()
    {
        var algorithm = new JsonObject { ["TrainingImage"] = TrainingImage.ToJson(), ["TrainingInputMode"] = "File" };
        Set(
            algorithm,
            "MetricDefinitions",
            MetricDefinitions.Select(metric => new JsonObject { ["Name"] = metric.Key, ["Regex"] = metric.Value })
        );
        var arguments = new JsonObject
        {
            ["AlgorithmSpecification"] = algorithm,
            ["RoleArn"] = RoleArn.ToJson(),
            ["OutputDataConfig"] = WithKey(
                new JsonObject { ["S3OutputPath"] = S3OutputPath.ToJson() },
                "KmsKeyId",
                OutputKmsKeyId
            ),
            ["ResourceConfig"] = WithKey(
                new JsonObject
                {
                    ["InstanceType"] = InstanceType.ToJson(),
                    ["InstanceCount"] = InstanceCount.ToJson(),
                    ["VolumeSizeInGB"] = VolumeSizeInGB.ToJson(),
                },
                "VolumeKmsKeyId",
                VolumeKmsKeyId
            ),
            ["StoppingCondition"] = new JsonObject { ["MaxRuntimeInSeconds"] = MaxRuntimeInSeconds.ToJson() },
        };
        Set(arguments, "InputDataConfig", Inputs.Select(channel => channel.ToJson()));
        Set(arguments, "HyperParameters", HyperParameters);
        Set(arguments, "Environment", Environment);
        if (CheckpointS3Uri is not null)
        {
            arguments["CheckpointConfig"] = new JsonObject { ["S3Uri"] = CheckpointS3Uri.ToJson() };
        }

        if (VpcConfig() is { } vpc)
        {
            arguments["VpcConfig"] = vpc;
        }

        if (EnableNetworkIsolation)
        {
            arguments["EnableNetworkIsolation"] = true;
        }

        if (MaxWaitTimeInSeconds is not null)
        {
            arguments["EnableManagedSpotTraining"] = true;
            arguments["StoppingCondition"]!["MaxWaitTimeInSeconds"] = MaxWaitTimeInSeconds.ToJson();
        }

        return WithFurther(arguments);
    }
}

/// <summary>Data that a training job reads.</summary>
/// <param name="ChannelName">Such as <c>train</c>: the folder under <c>/opt/ml/input/data</c>.</param>
/// <param name="S3Uri">An S3 prefix.</param>
/// <param name="ContentType">Such as <c>text/csv</c>; null leaves it out.</param>
public sealed record Channel(string ChannelName, PipelineValue S3Uri, PipelineValue? ContentType = null)
{
    /// <summary>True if the URI is a manifest that lists the objects, AWS's ManifestFile.</summary>
    public bool IsManifest { get; init; }

    /// <summary>AWS's <c>FastFile</c> or <c>Pipe</c>; null for the job's own mode, which is <c>File</c>.</summary>
    public string? InputMode { get; init; }

    internal JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["ChannelName"] = ChannelName,
            ["DataSource"] = new JsonObject
            {
                ["S3DataSource"] = new JsonObject
                {
                    ["S3DataType"] = IsManifest ? "ManifestFile" : "S3Prefix",
                    ["S3Uri"] = S3Uri.ToJson(),
                    ["S3DataDistributionType"] = "FullyReplicated",
                },
            },
        };
        if (ContentType is not null)
        {
            json["ContentType"] = ContentType.ToJson();
        }

        if (InputMode is not null)
        {
            json["InputMode"] = InputMode;
        }

        return json;
    }
}
