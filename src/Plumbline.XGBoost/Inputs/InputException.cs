namespace Plumbline.XGBoost.Inputs;

/// <summary>Input (a CSV file, a model archive, a request) is invalid.</summary>
/// <param name="place">The file, with line and column if they are known.</param>
/// <param name="reason">One sentence that says what is wrong there.</param>
public sealed class InputException(string place, string reason)
    : Exception(place.Length == 0 ? reason : $"{place}: {reason}")
{
    /// <summary>Uses AWS's own sentence, which names the place itself.</summary>
    public InputException(string sentence)
        : this("", sentence) { }

    /// <summary>The file, with line and column if they are known; empty if the reason is AWS's own sentence.</summary>
    public string Place { get; } = place;

    /// <summary>The message without its place.</summary>
    public string Reason { get; } = reason;
}
