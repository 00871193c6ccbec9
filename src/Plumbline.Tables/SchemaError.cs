namespace Plumbline.Tables;

/// <summary>A schema or an encoder that cannot be read. The message says why, without the file's name.</summary>
public sealed class SchemaError(string message) : Exception(message);
