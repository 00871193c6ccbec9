namespace Plumbline.Aws.Views.S3;

// Written by tools/ApiModels from its views folder.
/// <summary>The values of S3's BucketLocationConstraint.</summary>
public static class BucketLocationConstraint
{
    public const string AfSouth1 = "af-south-1";
    public const string ApEast1 = "ap-east-1";
    public const string ApEast2 = "ap-east-2";
    public const string ApNortheast1 = "ap-northeast-1";
    public const string ApNortheast2 = "ap-northeast-2";
    public const string ApNortheast3 = "ap-northeast-3";
    public const string ApSouth1 = "ap-south-1";
    public const string ApSouth2 = "ap-south-2";
    public const string ApSoutheast1 = "ap-southeast-1";
    public const string ApSoutheast2 = "ap-southeast-2";
    public const string ApSoutheast3 = "ap-southeast-3";
    public const string ApSoutheast4 = "ap-southeast-4";
    public const string ApSoutheast5 = "ap-southeast-5";
    public const string ApSoutheast6 = "ap-southeast-6";
    public const string ApSoutheast7 = "ap-southeast-7";
    public const string CaCentral1 = "ca-central-1";
    public const string CaWest1 = "ca-west-1";
    public const string CnNorth1 = "cn-north-1";
    public const string CnNorthwest1 = "cn-northwest-1";
    public const string Eu = "EU";
    public const string EuCentral1 = "eu-central-1";
    public const string EuCentral2 = "eu-central-2";
    public const string EuNorth1 = "eu-north-1";
    public const string EuSouth1 = "eu-south-1";
    public const string EuSouth2 = "eu-south-2";
    public const string EuWest1 = "eu-west-1";
    public const string EuWest2 = "eu-west-2";
    public const string EuWest3 = "eu-west-3";
    public const string IlCentral1 = "il-central-1";
    public const string MeCentral1 = "me-central-1";
    public const string MeSouth1 = "me-south-1";
    public const string MxCentral1 = "mx-central-1";
    public const string SaEast1 = "sa-east-1";
    public const string UsEast2 = "us-east-2";
    public const string UsGovEast1 = "us-gov-east-1";
    public const string UsGovWest1 = "us-gov-west-1";
    public const string UsWest1 = "us-west-1";
    public const string UsWest2 = "us-west-2";
}
