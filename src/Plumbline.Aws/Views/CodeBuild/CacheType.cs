namespace Plumbline.Aws.Views.CodeBuild;

// Written by tools/ApiModels from its views folder.
/// <summary>The values of CodeBuild's CacheType.</summary>
public static class CacheType
{
    public const string NoCache = "NO_CACHE";
    public const string S3 = "S3";
    public const string Local = "LOCAL";
}
