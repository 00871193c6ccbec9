namespace Plumbline.Aws.Views.CloudFormation;

// Written by tools/ApiModels from its views folder.
/// <summary>The values of CloudFormation's Replacement.</summary>
public static class Replacement
{
    public const string True = "True";
    public const string False = "False";
    public const string Conditional = "Conditional";
}
