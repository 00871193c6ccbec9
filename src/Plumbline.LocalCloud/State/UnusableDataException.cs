namespace Plumbline.LocalCloud.State;

/// <summary>A data folder cannot be opened; the message says why, and what to do instead.</summary>
public sealed class UnusableDataException(string message, Exception? inner = null) : IOException(message, inner);
