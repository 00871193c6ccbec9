namespace Plumbline.Aws.Views.CodeBuild;

// Written by tools/ApiModels from its views folder.
/// <summary>The values of CodeBuild's ArtifactsType.</summary>
public static class ArtifactsType
{
    public const string Codepipeline = "CODEPIPELINE";
    public const string S3 = "S3";
    public const string NoArtifacts = "NO_ARTIFACTS";
}
