namespace Plumbline.Aws.Views.S3;

// Written by tools/ApiModels from its views folder.
/// <summary>The values of S3's TaggingDirective.</summary>
public static class TaggingDirective
{
    public const string Copy = "COPY";
    public const string Replace = "REPLACE";
}
