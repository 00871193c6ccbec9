namespace Plumbline.LocalCloud.Services.SageMaker.Pipelines;

/// <summary>The local cloud's own state of a pipeline.</summary>
internal sealed class PipelineState
{
    /// <summary>The token of the request that created it.</summary>
    public string? ClientRequestToken { get; init; }

    /// <summary>The number of the newest version, the only one that is kept.</summary>
    public long Version { get; set; } = 1;
}
