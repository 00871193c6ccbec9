namespace Plumbline.Records.Recipes;

/// <summary>
/// The models of each recipe from the newest execution, and how recipes did so far: <see cref="Layout.Recipes"/>. The
/// next execution goes on from it, whichever version is approved.
/// </summary>
public sealed record RecipeRecord
{
    /// <summary>The data set version that the models learned; it knows all labels that cannot judge them.</summary>
    public required string DatasetVersion { get; init; }

    /// <summary>The S3 URI of each recipe's model.tar.gz, by the recipe's name.</summary>
    public required IReadOnlyDictionary<string, string> Models { get; init; }

    public required RecipeLosses Losses { get; init; }
}
