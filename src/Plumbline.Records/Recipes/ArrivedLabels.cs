namespace Plumbline.Records.Recipes;

/// <summary>The labels that came in since the last time.</summary>
/// <param name="Right">
/// For each labelled row of the audit sample, in time order: true if the served model was right.
/// </param>
/// <param name="Labelled">The number of all labelled rows so far, the first model's included.</param>
public sealed record ArrivedLabels(IReadOnlyList<bool> Right, long Labelled);
