namespace Plumbline.Client;

/// <summary>The truth about one prediction.</summary>
/// <param name="Key">The prediction's InferenceId, or the event id that data capture made.</param>
/// <param name="Label">One of the project's labels; in a regression a number in invariant form, such as <c>12.5</c>.</param>
public sealed record Truth(string Key, string Label);
