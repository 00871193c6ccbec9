namespace Plumbline.Records;

/// <summary>A person's input cannot be used: exit code 2.</summary>
/// <param name="place">
/// The place of the error in words for people: <c>plumbline.yaml:12</c>, <c>data.csv:17</c>.
/// </param>
/// <param name="message">The error and its correction, in one sentence.</param>
public sealed class UserError(string place, string message) : Exception($"{place}: {message}")
{
    /// <summary>File and line, or the name of the input.</summary>
    public string Place { get; } = place;

    /// <summary>The message without its place.</summary>
    public string Reason { get; } = message;
}
