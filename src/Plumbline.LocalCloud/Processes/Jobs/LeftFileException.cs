namespace Plumbline.LocalCloud.Processes.Jobs;

/// <summary>
/// A file that a program left cannot be used. The message has the program's name of it, and none of its content.
/// </summary>
internal sealed class LeftFileException(string message) : IOException(message);
