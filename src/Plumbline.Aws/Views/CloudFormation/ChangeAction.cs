namespace Plumbline.Aws.Views.CloudFormation;

// Written by tools/ApiModels from its views folder.
/// <summary>The values of CloudFormation's ChangeAction.</summary>
public static class ChangeAction
{
    public const string Add = "Add";
    public const string Modify = "Modify";
    public const string Remove = "Remove";
    public const string Import = "Import";
    public const string Dynamic = "Dynamic";
    public const string SyncWithActual = "SyncWithActual";
}
