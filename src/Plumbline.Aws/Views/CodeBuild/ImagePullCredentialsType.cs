namespace Plumbline.Aws.Views.CodeBuild;

// Written by tools/ApiModels from its views folder.
/// <summary>The values of CodeBuild's ImagePullCredentialsType.</summary>
public static class ImagePullCredentialsType
{
    public const string Codebuild = "CODEBUILD";
    public const string ServiceRole = "SERVICE_ROLE";
}
