namespace Plumbline.Aws.Formats.Pipelines;

/// <summary>A pipeline definition that AWS would refuse.</summary>
/// <param name="message">The reason, in AWS's words where they are known.</param>
/// <param name="inner">The cause, if another exception led to this one.</param>
public sealed class PipelineDefinitionException(string message, Exception? inner = null) : Exception(message, inner)
{
    internal static PipelineDefinitionException Unparsable(string why, Exception? inner = null) =>
        new($"Unable to parse pipeline definition. {why}", inner);
}
