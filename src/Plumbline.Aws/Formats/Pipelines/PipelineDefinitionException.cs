namespace Plumbline.Aws.Formats.Pipelines;

/// <summary>A pipeline definition that AWS would refuse.</summary>
/// <param name="message">Why, in AWS's words where they are known.</param>
/// <param name="inner">What caused it, where something did.</param>
public sealed class PipelineDefinitionException(string message, Exception? inner = null) : Exception(message, inner)
{
    internal static PipelineDefinitionException Unparsable(string why, Exception? inner = null) =>
        new($"Unable to parse pipeline definition. {why}", inner);
}
