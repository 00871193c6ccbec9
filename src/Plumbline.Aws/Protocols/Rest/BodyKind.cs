namespace Plumbline.Aws.Protocols.Rest;

/// <summary>The role of a structured body, which decides the name of its root element.</summary>
/// <param name="IsRequest">True for a request.</param>
/// <param name="Payload">The member that forms the body; null if the whole structure does.</param>
internal readonly record struct BodyKind(bool IsRequest, string? Payload);
