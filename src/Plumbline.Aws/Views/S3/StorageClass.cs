namespace Plumbline.Aws.Views.S3;

// Written by tools/ApiModels from its views folder.
/// <summary>The values of S3's StorageClass.</summary>
public static class StorageClass
{
    public const string Standard = "STANDARD";
    public const string ReducedRedundancy = "REDUCED_REDUNDANCY";
    public const string StandardIa = "STANDARD_IA";
    public const string OnezoneIa = "ONEZONE_IA";
    public const string IntelligentTiering = "INTELLIGENT_TIERING";
    public const string Glacier = "GLACIER";
    public const string DeepArchive = "DEEP_ARCHIVE";
    public const string Outposts = "OUTPOSTS";
    public const string GlacierIr = "GLACIER_IR";
    public const string Snow = "SNOW";
    public const string ExpressOnezone = "EXPRESS_ONEZONE";
    public const string FsxOpenzfs = "FSX_OPENZFS";
    public const string FsxOntap = "FSX_ONTAP";
}
