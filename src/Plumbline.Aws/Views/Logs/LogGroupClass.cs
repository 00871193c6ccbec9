namespace Plumbline.Aws.Views.Logs;

// Written by tools/ApiModels from its views folder.
/// <summary>The values of CloudWatch Logs's LogGroupClass.</summary>
public static class LogGroupClass
{
    public const string Standard = "STANDARD";
    public const string InfrequentAccess = "INFREQUENT_ACCESS";
    public const string Delivery = "DELIVERY";
}
