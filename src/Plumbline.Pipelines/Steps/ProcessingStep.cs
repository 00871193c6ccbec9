using System.Text.Json.Nodes;
using Plumbline.Aws.Formats.Pipelines;
using Plumbline.Pipelines.Values;

namespace Plumbline.Pipelines.Steps;

/// <summary>A step that runs a processing job.</summary>
/// <param name="Name"><inheritdoc cref="Step.Name"/></param>
public sealed record ProcessingStep(string Name) : JobStep(Name)
{
    /// <summary>The image of the program.</summary>
    public required PipelineValue ImageUri { get; init; }

    /// <summary>The command to run; empty for the image's own entry point.</summary>
    public IReadOnlyList<PipelineValue> ContainerEntrypoint { get; init; } = [];

    /// <summary>Its arguments; numbers become text.</summary>
    public IReadOnlyList<PipelineValue> ContainerArguments { get; init; } = [];

    public IReadOnlyList<ProcessingInput> Inputs { get; init; } = [];

    public IReadOnlyList<ProcessingOutput> Outputs { get; init; } = [];

    /// <summary>JSON files in its outputs that other steps read with <see cref="JsonGet"/>.</summary>
    public IReadOnlyList<PropertyFile> PropertyFiles { get; init; } = [];

    private protected override string Type => StepTypes.Processing;

    /// <summary>The S3 URI of an output.</summary>
    public StepProperty OutputUri(string outputName) =>
        Property($"ProcessingOutputConfig.Outputs['{outputName}'].S3Output.S3Uri");

    /// <summary>A value in one of the step's property files.</summary>
    /// <param name="file">One of <see cref="PropertyFiles"/>.</param>
    /// <param name="path">Such as <c>multiclass_classification_metrics.accuracy.value</c>.</param>
    public PipelineValue JsonGet(PropertyFile file, string path) => Function.JsonGet(Name, file.Name, path);

    private protected override JsonObject Arguments()
    {
        var application = new JsonObject { ["ImageUri"] = ImageUri.ToJson() };
        Set(application, "ContainerEntrypoint", ContainerEntrypoint.Select(word => word.AsText().ToJson()));
        Set(application, "ContainerArguments", ContainerArguments.Select(word => word.AsText().ToJson()));
        var arguments = new JsonObject
        {
            ["AppSpecification"] = application,
            ["RoleArn"] = RoleArn.ToJson(),
            ["ProcessingResources"] = new JsonObject
            {
                ["ClusterConfig"] = WithKey(
                    new JsonObject
                    {
                        ["InstanceType"] = InstanceType.ToJson(),
                        ["InstanceCount"] = InstanceCount.ToJson(),
                        ["VolumeSizeInGB"] = VolumeSizeInGB.ToJson(),
                    },
                    "VolumeKmsKeyId",
                    VolumeKmsKeyId
                ),
            },
            ["StoppingCondition"] = new JsonObject { ["MaxRuntimeInSeconds"] = MaxRuntimeInSeconds.ToJson() },
        };
        Set(arguments, "ProcessingInputs", Inputs.Select(input => input.ToJson()));
        if (Outputs.Count > 0)
        {
            arguments["ProcessingOutputConfig"] = WithKey(
                new JsonObject { ["Outputs"] = new JsonArray([.. Outputs.Select(output => output.ToJson())]) },
                "KmsKeyId",
                OutputKmsKeyId
            );
        }

        Set(arguments, "Environment", Environment);
        var network = new JsonObject();
        if (EnableNetworkIsolation)
        {
            network["EnableNetworkIsolation"] = true;
        }

        if (VpcConfig() is { } vpc)
        {
            network["VpcConfig"] = vpc;
        }

        if (network.Count > 0)
        {
            arguments["NetworkConfig"] = network;
        }

        return WithFurther(arguments);
    }

    private protected override void AddTo(JsonObject step) =>
        Set(step, "PropertyFiles", PropertyFiles.Select(file => file.ToJson()));
}

/// <summary>Data that a processing job reads.</summary>
/// <param name="InputName">Unique among the step's inputs.</param>
/// <param name="S3Uri">An S3 prefix.</param>
/// <param name="LocalPath">The folder in the container, under <c>/opt/ml/processing</c>.</param>
public sealed record ProcessingInput(string InputName, PipelineValue S3Uri, string LocalPath)
{
    /// <summary>True if the URI is a manifest that lists the objects, AWS's ManifestFile.</summary>
    public bool IsManifest { get; init; }

    internal JsonObject ToJson() =>
        new()
        {
            ["InputName"] = InputName,
            ["AppManaged"] = false,
            ["S3Input"] = new JsonObject
            {
                ["S3Uri"] = S3Uri.ToJson(),
                ["LocalPath"] = LocalPath,
                ["S3DataType"] = IsManifest ? "ManifestFile" : "S3Prefix",
                ["S3InputMode"] = "File",
                ["S3DataDistributionType"] = "FullyReplicated",
                ["S3CompressionType"] = "None",
            },
        };
}

/// <summary>A folder that a processing job writes.</summary>
/// <param name="OutputName">Unique among the step's outputs.</param>
/// <param name="LocalPath">The folder in the container, under <c>/opt/ml/processing</c>.</param>
/// <param name="S3Uri">The S3 prefix that the folder is uploaded to when the job ends.</param>
public sealed record ProcessingOutput(string OutputName, string LocalPath, PipelineValue S3Uri)
{
    internal JsonObject ToJson() =>
        new()
        {
            ["OutputName"] = OutputName,
            ["AppManaged"] = false,
            ["S3Output"] = new JsonObject
            {
                ["S3Uri"] = S3Uri.ToJson(),
                ["LocalPath"] = LocalPath,
                ["S3UploadMode"] = "EndOfJob",
            },
        };
}

/// <summary>A JSON file in one of a processing step's outputs.</summary>
/// <param name="Name">Its name in the pipeline.</param>
/// <param name="OutputName">The output it is in.</param>
/// <param name="FilePath">Its path there.</param>
public sealed record PropertyFile(string Name, string OutputName, string FilePath)
{
    internal JsonObject ToJson() =>
        new()
        {
            ["PropertyFileName"] = Name,
            ["OutputName"] = OutputName,
            ["FilePath"] = FilePath,
        };
}
