namespace Plumbline.LocalCloud.Processes.Jobs;

/// <summary>A file that a program left cannot be used; the message names it as the program does, and shows nothing of its content.</summary>
internal sealed class LeftFileException(string message) : IOException(message);
