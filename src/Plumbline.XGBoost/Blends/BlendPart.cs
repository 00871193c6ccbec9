namespace Plumbline.XGBoost.Blends;

/// <summary>A booster and its share in a blend.</summary>
/// <param name="Name">The name in messages, for example <c>recipe decay</c>.</param>
/// <param name="Booster">A model of trees. The blend copies it, so it may be disposed afterwards.</param>
/// <param name="Weight">Zero or more. The blend divides all weights by their sum.</param>
public sealed record BlendPart(string Name, Booster Booster, double Weight);
