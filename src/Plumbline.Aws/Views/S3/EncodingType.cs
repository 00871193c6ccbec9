namespace Plumbline.Aws.Views.S3;

// Written by tools/ApiModels from its views folder.
/// <summary>The values of S3's EncodingType.</summary>
public static class EncodingType
{
    public const string Url = "url";
}
