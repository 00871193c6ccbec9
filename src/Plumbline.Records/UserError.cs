namespace Plumbline.Records;

/// <summary>Something a person wrote or did cannot be used: exit code 2.</summary>
/// <param name="place">Where to look, as a person would say it: <c>plumbline.yaml:12</c>, <c>data.csv:17</c>.</param>
/// <param name="message">What is wrong there and what would be right, in one sentence.</param>
public sealed class UserError(string place, string message) : Exception($"{place}: {message}")
{
    /// <summary>File and line, or the name of the thing.</summary>
    public string Place { get; } = place;

    /// <summary>The message without its place.</summary>
    public string Reason { get; } = message;
}
