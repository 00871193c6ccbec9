namespace Plumbline.Aws.Views.S3;

// Written by tools/ApiModels from its views folder.
/// <summary>The values of S3's ChecksumType.</summary>
public static class ChecksumType
{
    public const string Composite = "COMPOSITE";
    public const string FullObject = "FULL_OBJECT";
}
