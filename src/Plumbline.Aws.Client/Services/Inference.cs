namespace Plumbline.Aws.Client.Services;

/// <summary>What an endpoint answered.</summary>
/// <param name="Body">The model's answer.</param>
/// <param name="ContentType">Its format.</param>
/// <param name="Variant">The variant that answered.</param>
public sealed record Inference(ReadOnlyMemory<byte> Body, string? ContentType, string? Variant);
