using System.Text.Json.Nodes;
using Plumbline.Aws.Formats;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Processes.Jobs;

namespace Plumbline.LocalCloud.Services.SageMaker.TrainingJobs;

/// <summary>AWS's checks of CreateTrainingJob beyond its shapes, and refusals of unimplemented parts.</summary>
internal sealed class TrainingJobRules(JobInputs inputs)
{
    private const int DayInSeconds = 86_400;

    /// <summary>Returns a copy of the request with AWS's default values.</summary>
    public static JsonObject WithDefaults(JsonObject input)
    {
        var filled = input.DeepClone().AsObject();
        filled["StoppingCondition"] ??= new JsonObject();
        filled.Object("StoppingCondition")!["MaxRuntimeInSeconds"] ??= DayInSeconds;
        filled["EnableNetworkIsolation"] ??= false;
        filled["EnableInterContainerTrafficEncryption"] ??= false;
        filled["EnableManagedSpotTraining"] ??= false;
        return filled;
    }

    /// <exception cref="Aws.Errors.AwsException">
    /// ValidationException: the job cannot run; the message says why.
    /// </exception>
    public void Check(JsonObject input)
    {
        var algorithm = input.Object("AlgorithmSpecification") ?? throw Missing("algorithmSpecification");
        if (algorithm.Text("TrainingImage") is null)
        {
            throw algorithm.Text("AlgorithmName") is { } name
                ? SageMakerErrors.NotHere($"AlgorithmName ({name})")
                : SageMakerErrors.Validation("Exactly one of TrainingImage and AlgorithmName must be given.");
        }

        var resources = input.Object("ResourceConfig") ?? throw Missing("resourceConfig");
        if (resources.Array("InstanceGroups") is { Count: > 0 })
        {
            throw SageMakerErrors.NotHere("InstanceGroups");
        }

        if (resources.Text("InstanceType") is null)
        {
            throw Missing("resourceConfig.instanceType");
        }

        CheckWait(input);
        CheckOutput(input);
        foreach (var channel in input.Objects("InputDataConfig"))
        {
            CheckChannel(channel, algorithm, input);
        }
    }

    /// <summary>Spot training must have MaxWaitTimeInSeconds, and other training must not.</summary>
    private static void CheckWait(JsonObject input)
    {
        var stopping = input.Object("StoppingCondition");
        var wait = stopping?.Int("MaxWaitTimeInSeconds");
        if (input.Bool("EnableManagedSpotTraining") != true)
        {
            if (wait is not null)
            {
                throw SageMakerErrors.Validation(
                    "Invalid MaxWaitTimeInSeconds. It is only supported when EnableManagedSpotTraining is set to true"
                );
            }
        }
        else if (wait is null || wait < (stopping!.Int("MaxRuntimeInSeconds") ?? DayInSeconds))
        {
            throw SageMakerErrors.Validation(
                "Invalid MaxWaitTimeInSeconds. It must be present and be greater than or equal to MaxRuntimeInSeconds"
            );
        }
    }

    private static void CheckOutput(JsonObject input)
    {
        foreach (
            var uri in (string?[])
                [
                    input.Object("OutputDataConfig")?.Text("S3OutputPath"),
                    input.Object("CheckpointConfig")?.Text("S3Uri"),
                ]
        )
        {
            if (uri is not null && S3Uri.TryParse(uri) is null)
            {
                throw SageMakerErrors.Validation($"The S3 URI \"{uri}\" is not valid.");
            }
        }
    }

    private static Aws.Errors.AwsException Missing(string member) =>
        SageMakerErrors.Validation(
            $"1 validation error detected: Value null at '{member}' failed to satisfy constraint: Member must not be null"
        );

    private void CheckChannel(JsonObject channel, JsonObject algorithm, JsonObject input)
    {
        var name = channel.Text("ChannelName");
        if (name is "." or "..")
        {
            throw SageMakerErrors.Validation(
                $"ChannelName {name} is not the name of a folder: use letters and digits."
            );
        }

        var source =
            channel.Object("DataSource")?.Object("S3DataSource")
            ?? throw SageMakerErrors.NotHere($"A data source other than S3DataSource (channel {name})");
        if ((channel.Text("InputMode") ?? algorithm.Text("TrainingInputMode")) == "Pipe")
        {
            throw SageMakerErrors.NotHere($"InputMode Pipe (channel {name})");
        }

        if (source.Text("S3DataType") is not ("S3Prefix" or "ManifestFile"))
        {
            throw SageMakerErrors.NotHere($"S3DataType {source.Text("S3DataType")} (channel {name})");
        }

        if (channel.Text("RecordWrapperType") is not (null or "None"))
        {
            throw SageMakerErrors.NotHere($"RecordWrapperType {channel.Text("RecordWrapperType")} (channel {name})");
        }

        var uri = source.Text("S3Uri")!;
        if (S3Uri.TryParse(uri) is not { } location || !inputs.Any(location))
        {
            var bucket = S3Uri.TryParse(uri)?.Bucket;
            throw SageMakerErrors.Validation(
                $"No S3 objects found under S3 URL \"{uri}\" given in input data source. Please ensure that the bucket exists in the selected region ({LocalCloudIdentity.Region}), that objects exist under that S3 prefix, and that the role \"{input.Text("RoleArn")}\" has \"s3:ListBucket\" permissions on bucket \"{bucket}\"."
            );
        }
    }
}
