namespace Plumbline.Aws.Views.CodeBuild;

// Written by tools/ApiModels from its views folder.
/// <summary>The values of CodeBuild's ProjectSortByType.</summary>
public static class ProjectSortByType
{
    public const string Name = "NAME";
    public const string CreatedTime = "CREATED_TIME";
    public const string LastModifiedTime = "LAST_MODIFIED_TIME";
}
