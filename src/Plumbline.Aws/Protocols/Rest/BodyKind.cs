namespace Plumbline.Aws.Protocols.Rest;

/// <summary>The kind of thing that a structured body stands for; it decides the root element's name.</summary>
/// <param name="IsRequest">Whether a client sends it.</param>
/// <param name="Payload">The member that it is; null where it is the structure itself.</param>
internal readonly record struct BodyKind(bool IsRequest, string? Payload);
