namespace Plumbline.Aws.Views.CloudWatch;

// Written by tools/ApiModels from its views folder.
/// <summary>The values of CloudWatch's HistoryItemType.</summary>
public static class HistoryItemType
{
    public const string ConfigurationUpdate = "ConfigurationUpdate";
    public const string StateUpdate = "StateUpdate";
    public const string Action = "Action";
    public const string AlarmContributorStateUpdate = "AlarmContributorStateUpdate";
    public const string AlarmContributorAction = "AlarmContributorAction";
}
