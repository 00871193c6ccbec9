using System.Text.Json.Nodes;
using Plumbline.Aws.Formats;
using Plumbline.Aws.Views.SageMaker;
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
        filled["StoppingCondition"]!["MaxRuntimeInSeconds"] ??= DayInSeconds;
        filled["EnableNetworkIsolation"] ??= false;
        filled["EnableInterContainerTrafficEncryption"] ??= false;
        filled["EnableManagedSpotTraining"] ??= false;
        return filled;
    }

    /// <exception cref="Aws.Errors.AwsException">
    /// ValidationException: the job cannot run; the message says why.
    /// </exception>
    public void Check(CreateTrainingJobRequest request)
    {
        var algorithm = request.AlgorithmSpecification ?? throw Missing("algorithmSpecification");
        if (algorithm.TrainingImage is null)
        {
            throw algorithm.AlgorithmName is { } name
                ? SageMakerErrors.NotHere($"AlgorithmName ({name})")
                : SageMakerErrors.Validation("Exactly one of TrainingImage and AlgorithmName must be given.");
        }

        var resources = request.ResourceConfig ?? throw Missing("resourceConfig");
        if (resources.Tree["InstanceGroups"] is JsonArray { Count: > 0 })
        {
            throw SageMakerErrors.NotHere("InstanceGroups");
        }

        if (resources.InstanceType is null)
        {
            throw Missing("resourceConfig.instanceType");
        }

        CheckWait(request);
        CheckOutput(request);
        foreach (var channel in request.InputDataConfig)
        {
            CheckChannel(channel, algorithm, request.RoleArn);
        }
    }

    /// <summary>Spot training must have MaxWaitTimeInSeconds, and other training must not.</summary>
    private static void CheckWait(CreateTrainingJobRequest request)
    {
        var wait = request.StoppingCondition?.MaxWaitTimeInSeconds;
        if (request.EnableManagedSpotTraining != true)
        {
            if (wait is not null)
            {
                throw SageMakerErrors.Validation(
                    "Invalid MaxWaitTimeInSeconds. It is only supported when EnableManagedSpotTraining is set to true"
                );
            }
        }
        else if (wait is null || wait < (request.StoppingCondition!.MaxRuntimeInSeconds ?? DayInSeconds))
        {
            throw SageMakerErrors.Validation(
                "Invalid MaxWaitTimeInSeconds. It must be present and be greater than or equal to MaxRuntimeInSeconds"
            );
        }
    }

    private static void CheckOutput(CreateTrainingJobRequest request)
    {
        foreach (var uri in (string?[])[request.OutputDataConfig.S3OutputPath, request.CheckpointConfig?.S3Uri])
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

    private void CheckChannel(Channel channel, AlgorithmSpecification algorithm, string role)
    {
        var name = channel.ChannelName;
        if (name is "." or "..")
        {
            throw SageMakerErrors.Validation(
                $"ChannelName {name} is not the name of a folder: use letters and digits."
            );
        }

        var source =
            channel.DataSource.S3DataSource
            ?? throw SageMakerErrors.NotHere($"A data source other than S3DataSource (channel {name})");
        if ((channel.InputMode ?? algorithm.TrainingInputMode) == TrainingInputMode.Pipe)
        {
            throw SageMakerErrors.NotHere($"InputMode Pipe (channel {name})");
        }

        if (source.S3DataType is not (S3DataType.S3Prefix or S3DataType.ManifestFile))
        {
            throw SageMakerErrors.NotHere($"S3DataType {source.S3DataType} (channel {name})");
        }

        if (channel.RecordWrapperType is not (null or RecordWrapper.None))
        {
            throw SageMakerErrors.NotHere($"RecordWrapperType {channel.RecordWrapperType} (channel {name})");
        }

        var uri = source.S3Uri;
        if (S3Uri.TryParse(uri) is not { } location || !inputs.Any(location))
        {
            var bucket = S3Uri.TryParse(uri)?.Bucket;
            throw SageMakerErrors.Validation(
                $"No S3 objects found under S3 URL \"{uri}\" given in input data source. Please ensure that the bucket exists in the selected region ({LocalCloudIdentity.Region}), that objects exist under that S3 prefix, and that the role \"{role}\" has \"s3:ListBucket\" permissions on bucket \"{bucket}\"."
            );
        }
    }
}
