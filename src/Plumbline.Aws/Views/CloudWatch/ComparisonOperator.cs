namespace Plumbline.Aws.Views.CloudWatch;

// Written by tools/ApiModels from its views folder.
/// <summary>The values of CloudWatch's ComparisonOperator.</summary>
public static class ComparisonOperator
{
    public const string GreaterThanOrEqualToThreshold = "GreaterThanOrEqualToThreshold";
    public const string GreaterThanThreshold = "GreaterThanThreshold";
    public const string LessThanThreshold = "LessThanThreshold";
    public const string LessThanOrEqualToThreshold = "LessThanOrEqualToThreshold";
    public const string LessThanLowerOrGreaterThanUpperThreshold = "LessThanLowerOrGreaterThanUpperThreshold";
    public const string LessThanLowerThreshold = "LessThanLowerThreshold";
    public const string GreaterThanUpperThreshold = "GreaterThanUpperThreshold";
}
