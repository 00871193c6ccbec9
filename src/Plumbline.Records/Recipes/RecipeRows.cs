namespace Plumbline.Records.Recipes;

/// <summary>The rows that a recipe learns from.</summary>
public enum RecipeRows
{
    /// <summary>Nothing: the model stays as it is.</summary>
    None,

    /// <summary>All rows with equal weight.</summary>
    All,

    /// <summary>All rows; the weight halves with age.</summary>
    Aging,

    /// <summary>The rows of the newest windows.</summary>
    Newest,

    /// <summary>The rows that came after the recipe's last training.</summary>
    SinceLastTraining,
}
