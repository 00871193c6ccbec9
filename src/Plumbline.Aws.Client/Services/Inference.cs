namespace Plumbline.Aws.Client.Services;

/// <param name="Body">The model's answer.</param>
/// <param name="ContentType">The answer's Content-Type.</param>
/// <param name="Variant">The variant that answered.</param>
public sealed record Inference(ReadOnlyMemory<byte> Body, string? ContentType, string? Variant);
