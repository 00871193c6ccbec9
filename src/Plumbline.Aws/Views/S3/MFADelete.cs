namespace Plumbline.Aws.Views.S3;

// Written by tools/ApiModels from its views folder.
/// <summary>The values of S3's MFADelete.</summary>
public static class MFADelete
{
    public const string Enabled = "Enabled";
    public const string Disabled = "Disabled";
}
