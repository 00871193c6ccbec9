using System.Text.Json.Nodes;
using Plumbline.Aws.Formats;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.LocalCloud.Processes;
using Plumbline.LocalCloud.Processes.Jobs;

namespace Plumbline.LocalCloud.Services.SageMaker.ProcessingJobs;

/// <summary>AWS's checks of CreateProcessingJob beyond its shapes, and refusals of unimplemented parts.</summary>
internal static class ProcessingJobRules
{
    private const int DayInSeconds = 86_400;

    /// <summary>Returns a copy of the request with AWS's default values.</summary>
    public static JsonObject WithDefaults(JsonObject input)
    {
        var filled = input.DeepClone().AsObject();
        filled["StoppingCondition"] ??= new JsonObject();
        filled["StoppingCondition"]!["MaxRuntimeInSeconds"] ??= DayInSeconds;
        return filled;
    }

    /// <exception cref="Aws.Errors.AwsException">
    /// ValidationException: the job cannot run; the message says why.
    /// </exception>
    public static void Check(CreateProcessingJobRequest request)
    {
        CheckNames(request.ProcessingInputs.Select(input => input.InputName), "InputName");
        foreach (var input in request.ProcessingInputs)
        {
            CheckInput(input);
        }

        var outputs = request.ProcessingOutputConfig?.Outputs.ToList() ?? [];
        CheckNames(outputs.Select(output => output.OutputName), "OutputName");
        foreach (var output in outputs)
        {
            CheckOutput(output);
        }
    }

    private static void CheckNames(IEnumerable<string> names, string member)
    {
        var twice = names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
        {
            throw SageMakerErrors.Validation($"{member} must be unique: {twice.Key} is used more than once.");
        }
    }

    private static void CheckInput(ProcessingInput input)
    {
        var name = input.InputName;
        var source = input.S3Input ?? throw Without(input.Tree, "S3Input", "DatasetDefinition", name);
        if (source.S3InputMode == ProcessingS3InputMode.Pipe)
        {
            throw SageMakerErrors.NotHere($"S3InputMode Pipe ({name})");
        }

        if (source.S3CompressionType == ProcessingS3CompressionType.Gzip)
        {
            throw SageMakerErrors.NotHere($"S3CompressionType Gzip ({name})");
        }

        CheckPlace(name, source.S3Uri, source.LocalPath);
    }

    private static void CheckOutput(ProcessingOutput output)
    {
        var name = output.OutputName;
        var target = output.S3Output ?? throw Without(output.Tree, "S3Output", "FeatureStoreOutput", name);
        CheckPlace(name, target.S3Uri, target.LocalPath);
    }

    private static void CheckPlace(string name, string uri, string? localPath)
    {
        if (S3Uri.TryParse(uri) is null)
        {
            throw SageMakerErrors.Validation($"The S3 URI \"{uri}\" of {name} is not valid.");
        }

        try
        {
            JobFolder.BelowMl(localPath ?? "");
        }
        catch (Exception exception) when (exception is JobFailure or ArgumentException)
        {
            throw SageMakerErrors.Validation($"The LocalPath of {name} must be a folder below /opt/ml.");
        }
    }

    private static Aws.Errors.AwsException Without(JsonObject item, string wanted, string instead, string name) =>
        item.ContainsKey(instead)
            ? SageMakerErrors.NotHere($"{instead} ({name})")
            : SageMakerErrors.Validation($"{name} needs {wanted}, with the S3Uri and the LocalPath of its data.");
}
