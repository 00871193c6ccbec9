namespace Plumbline.Aws.Arns;

/// <summary>AWS's partitions: separate clouds, whose names and addresses differ.</summary>
public static class AwsPartition
{
    /// <summary>The partition of a region: the second part of its ARNs.</summary>
    public static string Of(string region) =>
        region.StartsWith("cn-", StringComparison.Ordinal) ? "aws-cn"
        : region.StartsWith("us-gov-", StringComparison.Ordinal) ? "aws-us-gov"
        : "aws";

    /// <summary>The domain of a region's addresses.</summary>
    public static string DomainOf(string region) => Of(region) == "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";

    /// <summary>The address of IAM, which has one for all regions of a partition.</summary>
    public static string IamOf(string region) =>
        Of(region) switch
        {
            "aws-cn" => "iam.cn-north-1.amazonaws.com.cn",
            "aws-us-gov" => "iam.us-gov.amazonaws.com",
            _ => "iam.amazonaws.com",
        };

    /// <summary>The region that calls of IAM are signed for.</summary>
    public static string IamRegionOf(string region) =>
        Of(region) switch
        {
            "aws-cn" => "cn-north-1",
            "aws-us-gov" => "us-gov-west-1",
            _ => "us-east-1",
        };
}
