namespace Plumbline.XGBoost;

/// <summary>A file or a request that was read (a CSV file, a model archive) is invalid.</summary>
/// <param name="place">Where: file, and line and column where known.</param>
/// <param name="reason">What is wrong there, in one sentence.</param>
public sealed class InputException(string place, string reason)
    : Exception(place.Length == 0 ? reason : $"{place}: {reason}")
{
    /// <summary>A refusal in AWS's own sentence, which names the place itself.</summary>
    public InputException(string sentence)
        : this("", sentence) { }

    /// <summary>Where: file, and line and column where known.</summary>
    public string Place { get; } = place;

    /// <summary>The fault there.</summary>
    public string Reason { get; } = reason;
}
