namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The values of SageMaker's SortOrder.</summary>
public static class SortOrder
{
    public const string Ascending = "Ascending";
    public const string Descending = "Descending";
}
