using System.Text;
using System.Text.Json.Nodes;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Formats.Pipelines;
using Plumbline.Aws.Views.SageMaker;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Identity;

namespace Plumbline.LocalCloud.Services.SageMaker.Pipelines;

/// <summary>Reads the definition of a request, inline or from S3, and checks it before it runs.</summary>
internal sealed class PipelineDefinitions(Dispatcher dispatcher)
{
    /// <summary>The maximum number of characters of a definition.</summary>
    private const int Longest = 1_048_576;

    private static readonly string[] Executed =
    [
        StepTypes.Training,
        StepTypes.Processing,
        StepTypes.Model,
        StepTypes.RegisterModel,
        StepTypes.Condition,
        StepTypes.Fail,
    ];

    /// <summary>Returns the definition's text, or null if the request does not have a definition.</summary>
    /// <exception cref="AwsException">
    /// ValidationException: the definition cannot be read or is invalid, or the local cloud does not implement it.
    /// </exception>
    public async Task<string?> ReadAsync(
        string? inline,
        PipelineDefinitionS3Location? location,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (inline is not null && location is not null)
        {
            throw SageMakerErrors.Validation(
                "Both Pipeline Definition and Pipeline Definition S3 Location shouldn't be present"
            );
        }

        var text = location is null ? inline : await FetchAsync(location, caller, cancellationToken);
        if (text is not null)
        {
            Check(text);
        }

        return text;
    }

    private static void Check(string text)
    {
        try
        {
            if (text.Length > Longest)
            {
                throw new PipelineDefinitionException($"Pipeline definition is longer than {Longest} characters.");
            }

            var definition = PipelineDefinition.Read(text);
            if (definition.Steps.Values.FirstOrDefault(step => !Executed.Contains(step.Type)) is { } unknown)
            {
                throw new PipelineDefinitionException(
                    $"Step [{unknown.Name}] is of type [{unknown.Type}], which the local cloud does not execute; it executes {string.Join(", ", Executed)}."
                );
            }
        }
        catch (PipelineDefinitionException exception)
        {
            throw SageMakerErrors.Validation(exception.Message);
        }
    }

    private async Task<string> FetchAsync(
        PipelineDefinitionS3Location location,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var input = new JsonObject { ["Bucket"] = location.Bucket, ["Key"] = location.ObjectKey };
        try
        {
            var reply = await dispatcher.ReplyAsync("s3", "GetObject", input, caller, body: null, cancellationToken);
            using var bytes = new MemoryStream();
            await reply.WriteBodyAsync!(bytes, cancellationToken);
            return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
        }
        catch (AwsException exception) when (exception.Status < 500)
        {
            throw SageMakerErrors.Validation(
                $"Unable to read the pipeline definition s3://{location.Bucket}/{location.ObjectKey}: {exception.Message}"
            );
        }
    }
}
