namespace Plumbline.Aws.Views.CloudWatch;

// Written by tools/ApiModels from its views folder.
/// <summary>The values of CloudWatch's RecentlyActive.</summary>
public static class RecentlyActive
{
    public const string Pt3h = "PT3H";
}
