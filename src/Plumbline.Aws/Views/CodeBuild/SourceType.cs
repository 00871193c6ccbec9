namespace Plumbline.Aws.Views.CodeBuild;

// Written by tools/ApiModels from its views folder.
/// <summary>The values of CodeBuild's SourceType.</summary>
public static class SourceType
{
    public const string Codecommit = "CODECOMMIT";
    public const string Codepipeline = "CODEPIPELINE";
    public const string Github = "GITHUB";
    public const string Gitlab = "GITLAB";
    public const string GitlabSelfManaged = "GITLAB_SELF_MANAGED";
    public const string S3 = "S3";
    public const string Bitbucket = "BITBUCKET";
    public const string GithubEnterprise = "GITHUB_ENTERPRISE";
    public const string NoSource = "NO_SOURCE";
}
