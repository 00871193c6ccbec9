namespace Plumbline.LocalCloud.Services.SageMaker.ModelServers;

/// <summary>A model server cannot be started.</summary>
/// <param name="reason">The endpoint's FailureReason.</param>
/// <param name="inner">What caused it, where something did.</param>
internal sealed class ModelServerFailure(string reason, Exception? inner = null) : Exception(reason, inner)
{
    /// <summary>True where another attempt may end otherwise.</summary>
    public bool MayPass { get; init; }
}
