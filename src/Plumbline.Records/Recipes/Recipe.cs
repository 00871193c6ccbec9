namespace Plumbline.Records.Recipes;

/// <summary>A way to make a model from labelled rows. Each recipe is a candidate; their blend is one too.</summary>
/// <param name="Name">The name in records and messages, for example <c>decay</c>.</param>
/// <param name="Rows">The rows that it learns from.</param>
/// <param name="Prior">
/// Its share in a blend before anything is known about it, relative to the others (<see cref="BlendWeights"/>).
/// </param>
public sealed record Recipe(string Name, RecipeRows Rows, double Prior = 1)
{
    /// <summary>
    /// The first model, which is never trained again: the anchor if all later data is misleading. It begins with a
    /// quarter of the others' share, because on most streams it is the oldest and the worst.
    /// </summary>
    public static Recipe First { get; } = new("first", RecipeRows.None, Prior: 0.25);

    /// <summary>From scratch on all rows.</summary>
    public static Recipe New { get; } = new("new", RecipeRows.All);

    /// <summary>From scratch on all rows, of which older ones count less.</summary>
    public static Recipe Decay { get; } = new("decay", RecipeRows.Aging);

    /// <summary>From scratch on the newest rows only: quick to follow a change, quick to forget.</summary>
    public static Recipe Recent { get; } = new("recent", RecipeRows.Newest);

    /// <summary>Its own previous model, continued on the rows that came after that.</summary>
    public static Recipe Old { get; } = new("old", RecipeRows.SinceLastTraining);
}
