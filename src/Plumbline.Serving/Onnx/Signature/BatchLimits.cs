namespace Plumbline.Serving.Onnx.Signature;

/// <summary>The requests that run together.</summary>
/// <param name="Max">The most examples of one run.</param>
/// <param name="Wait">The longest time that an example waits for others while the model is idle.</param>
internal sealed record BatchLimits(int Max, TimeSpan Wait)
{
    /// <summary>The limits of a signature without <c>batch</c>: together runs what has arrived anyway.</summary>
    public static BatchLimits Usual { get; } = new(16, TimeSpan.Zero);
}
