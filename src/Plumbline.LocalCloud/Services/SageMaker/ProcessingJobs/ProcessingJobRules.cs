using System.Text.Json.Nodes;
using Plumbline.Aws.Formats;
using Plumbline.Aws.Protocols;
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
        filled.Object("StoppingCondition")!["MaxRuntimeInSeconds"] ??= DayInSeconds;
        return filled;
    }

    /// <exception cref="Aws.Errors.AwsException">
    /// ValidationException: the job cannot run; the message says why.
    /// </exception>
    public static void Check(JsonObject input)
    {
        CheckNames(input.Objects("ProcessingInputs"), "InputName");
        foreach (var processingInput in input.Objects("ProcessingInputs"))
        {
            CheckInput(processingInput);
        }

        var outputs = input.Object("ProcessingOutputConfig")?.Objects("Outputs").ToList() ?? [];
        CheckNames(outputs, "OutputName");
        foreach (var output in outputs)
        {
            CheckOutput(output);
        }
    }

    private static void CheckNames(IEnumerable<JsonObject> items, string member)
    {
        var twice = items.GroupBy(item => item.Text(member)).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
        {
            throw SageMakerErrors.Validation($"{member} must be unique: {twice.Key} is used more than once.");
        }
    }

    private static void CheckInput(JsonObject input)
    {
        var name = input.Text("InputName");
        var source = input.Object("S3Input") ?? throw Without(input, "S3Input", "DatasetDefinition", name);
        if (source.Text("S3InputMode") == "Pipe")
        {
            throw SageMakerErrors.NotHere($"S3InputMode Pipe ({name})");
        }

        if (source.Text("S3CompressionType") == "Gzip")
        {
            throw SageMakerErrors.NotHere($"S3CompressionType Gzip ({name})");
        }

        CheckPlace(name, source);
    }

    private static void CheckOutput(JsonObject output)
    {
        var name = output.Text("OutputName");
        CheckPlace(name, output.Object("S3Output") ?? throw Without(output, "S3Output", "FeatureStoreOutput", name));
    }

    private static void CheckPlace(string? name, JsonObject place)
    {
        if (S3Uri.TryParse(place.Text("S3Uri")) is null)
        {
            throw SageMakerErrors.Validation($"The S3 URI \"{place.Text("S3Uri")}\" of {name} is not valid.");
        }

        try
        {
            JobFolder.BelowMl(place.Text("LocalPath") ?? "");
        }
        catch (Exception exception) when (exception is JobFailure or ArgumentException)
        {
            throw SageMakerErrors.Validation($"The LocalPath of {name} must be a folder below /opt/ml.");
        }
    }

    private static Aws.Errors.AwsException Without(JsonObject item, string wanted, string instead, string? name) =>
        item.ContainsKey(instead)
            ? SageMakerErrors.NotHere($"{instead} ({name})")
            : SageMakerErrors.Validation($"{name} needs {wanted}, with the S3Uri and the LocalPath of its data.");
}
