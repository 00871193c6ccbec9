namespace Plumbline.Aws.Views.S3;

// Written by tools/ApiModels from its views folder.
/// <summary>The values of S3's BucketVersioningStatus.</summary>
public static class BucketVersioningStatus
{
    public const string Enabled = "Enabled";
    public const string Suspended = "Suspended";
}
