namespace Plumbline.Aws.Views.CodeBuild;

// Written by tools/ApiModels from its views folder.
/// <summary>The values of CodeBuild's BuildPhaseType.</summary>
public static class BuildPhaseType
{
    public const string Submitted = "SUBMITTED";
    public const string Queued = "QUEUED";
    public const string Provisioning = "PROVISIONING";
    public const string DownloadSource = "DOWNLOAD_SOURCE";
    public const string Install = "INSTALL";
    public const string PreBuild = "PRE_BUILD";
    public const string Build = "BUILD";
    public const string PostBuild = "POST_BUILD";
    public const string UploadArtifacts = "UPLOAD_ARTIFACTS";
    public const string Finalizing = "FINALIZING";
    public const string Completed = "COMPLETED";
}
