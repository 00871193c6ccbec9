using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.Pipelines.Steps;
using Plumbline.Pipelines.Values;

namespace Plumbline.LocalCloud.Tests.SageMaker.Pipelines;

/// <summary>Pipeline steps whose jobs run a line of shell.</summary>
internal static class ShellSteps
{
    public const string Bucket = "pipeline-tests";
    public const string Image = "000000000000.dkr.ecr.us-east-1.amazonaws.com/shell:latest";

    /// <summary>Makes the image run a shell.</summary>
    /// <param name="dataFolder">The data folder of the cloud.</param>
    /// <param name="others">Additional lines.</param>
    public static Task WriteImagesAsync(string dataFolder, params object[] others) =>
        File.WriteAllTextAsync(
            Path.Combine(dataFolder, "images.json"),
            JsonSerializer.Serialize(
                (object[])
                    [
                        new
                        {
                            image = "*/shell:*",
                            command = (string[])["sh", JobScripts.Program],
                            algorithm = "exec",
                        },
                        .. others,
                    ]
            )
        );

    public static TrainingStep Training(string name, string script) =>
        new(name)
        {
            RoleArn = PipelineCalls.Role,
            TrainingImage = Image,
            S3OutputPath = $"s3://{Bucket}/models",
            InstanceType = "ml.m5.large",
            VolumeSizeInGB = 1,
            MaxRuntimeInSeconds = 600,
            FurtherArguments = new JsonObject
            {
                ["AlgorithmSpecification"] = new JsonObject
                {
                    ["TrainingImage"] = Image,
                    ["TrainingInputMode"] = "File",
                    ["ContainerEntrypoint"] = new JsonArray([.. JobScripts.EntryPoint(script)]),
                },
            },
        };

    public static ProcessingStep Processing(string name, string script) =>
        new(name)
        {
            RoleArn = PipelineCalls.Role,
            ImageUri = Image,
            InstanceType = "ml.m5.large",
            VolumeSizeInGB = 1,
            MaxRuntimeInSeconds = 600,
            ContainerEntrypoint = [.. JobScripts.EntryPoint(script)],
        };

    public static RegisterModelStep Register(string name, string group, PipelineValue model) =>
        new(name)
        {
            ModelPackageGroupName = group,
            Image = Image,
            ModelDataUrl = model,
        };
}
