namespace Plumbline.LocalCloud.Services.SageMaker.Hosting.ModelServers;

/// <summary>A model server cannot be started.</summary>
/// <param name="reason">The endpoint's FailureReason.</param>
/// <param name="inner">The cause, or null.</param>
internal sealed class ModelServerFailure(string reason, Exception? inner = null) : Exception(reason, inner)
{
    /// <summary>True if another attempt may succeed.</summary>
    public bool MayPass { get; init; }
}
