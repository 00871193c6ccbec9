using Plumbline.Aws.Errors;

namespace Plumbline.LocalCloud.Services.SageMaker.Pipelines;

/// <summary>
/// The errors of pipelines and their executions. Unlike SageMaker's older resources, missing ones have a code of their
/// own.
/// </summary>
internal static class PipelineErrors
{
    public static AwsException NotFound(string pipelineArn) =>
        new("ResourceNotFound", 400, $"Pipeline '{pipelineArn}' does not exist.");

    public static AwsException ExecutionNotFound(string executionArn) =>
        new("ResourceNotFound", 400, $"Pipeline execution '{executionArn}' does not exist.");

    public static AwsException NameTaken(string name) =>
        SageMakerErrors.Validation(
            $"Pipeline names must be unique within an AWS account and region. Pipeline with name ({name}) already exists."
        );
}
