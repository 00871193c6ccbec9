namespace Plumbline.Jobs.Train;

/// <summary>The project's own program ended with another exit code than 0.</summary>
/// <param name="code">The exit code.</param>
/// <param name="message">The code, and the program's last words.</param>
internal sealed class ProgramFailure(int code, string message) : Exception(message)
{
    public int Code { get; } = code;
}
