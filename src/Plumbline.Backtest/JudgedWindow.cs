namespace Plumbline.Backtest;

/// <summary>The labelled rows of a served window, judged by the models that served it.</summary>
/// <param name="Losses">
/// For each recipe, its loss on each row (in a regression, its error); NaN if it did not take part in the blend.
/// </param>
/// <param name="RightOf">For each recipe, the number of rows on which it was right.</param>
/// <param name="Right">For each row: true if the served model was right.</param>
internal sealed record JudgedWindow(double[][] Losses, int[] RightOf, bool[] Right);
