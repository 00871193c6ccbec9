namespace Plumbline.Serving.Onnx;

/// <param name="Request">The request.</param>
/// <param name="From">The first of its examples that is in the batch.</param>
/// <param name="Count">The number of its examples in the batch.</param>
internal sealed record BatchPart(WaitingRequest Request, int From, int Count);
