namespace Plumbline.Aws.Views.CodeBuild;

// Written by tools/ApiModels from its views folder.
/// <summary>The values of CodeBuild's SortOrderType.</summary>
public static class SortOrderType
{
    public const string Ascending = "ASCENDING";
    public const string Descending = "DESCENDING";
}
