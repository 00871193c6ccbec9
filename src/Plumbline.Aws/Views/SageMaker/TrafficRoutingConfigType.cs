namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The values of SageMaker's TrafficRoutingConfigType.</summary>
public static class TrafficRoutingConfigType
{
    public const string AllAtOnce = "ALL_AT_ONCE";
    public const string Canary = "CANARY";
    public const string Linear = "LINEAR";
}
