namespace Plumbline.Aws.Views.Iam;

// Written by tools/ApiModels from its views folder.
/// <summary>The values of IAM's policyScopeType.</summary>
public static class PolicyScopeType
{
    public const string All = "All";
    public const string Aws = "AWS";
    public const string Local = "Local";
}
