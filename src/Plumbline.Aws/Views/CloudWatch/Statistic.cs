namespace Plumbline.Aws.Views.CloudWatch;

// Written by tools/ApiModels from its views folder.
/// <summary>The values of CloudWatch's Statistic.</summary>
public static class Statistic
{
    public const string SampleCount = "SampleCount";
    public const string Average = "Average";
    public const string Sum = "Sum";
    public const string Minimum = "Minimum";
    public const string Maximum = "Maximum";
}
