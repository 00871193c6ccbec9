namespace Plumbline.Aws.Views.CloudFormation;

// Written by tools/ApiModels from its views folder.
/// <summary>The values of CloudFormation's ResourceStatus.</summary>
public static class ResourceStatus
{
    public const string CreateInProgress = "CREATE_IN_PROGRESS";
    public const string CreateFailed = "CREATE_FAILED";
    public const string CreateComplete = "CREATE_COMPLETE";
    public const string DeleteInProgress = "DELETE_IN_PROGRESS";
    public const string DeleteFailed = "DELETE_FAILED";
    public const string DeleteComplete = "DELETE_COMPLETE";
    public const string DeleteSkipped = "DELETE_SKIPPED";
    public const string UpdateInProgress = "UPDATE_IN_PROGRESS";
    public const string UpdateFailed = "UPDATE_FAILED";
    public const string UpdateComplete = "UPDATE_COMPLETE";
    public const string ImportFailed = "IMPORT_FAILED";
    public const string ImportComplete = "IMPORT_COMPLETE";
    public const string ImportInProgress = "IMPORT_IN_PROGRESS";
    public const string ImportRollbackInProgress = "IMPORT_ROLLBACK_IN_PROGRESS";
    public const string ImportRollbackFailed = "IMPORT_ROLLBACK_FAILED";
    public const string ImportRollbackComplete = "IMPORT_ROLLBACK_COMPLETE";
    public const string ExportFailed = "EXPORT_FAILED";
    public const string ExportComplete = "EXPORT_COMPLETE";
    public const string ExportInProgress = "EXPORT_IN_PROGRESS";
    public const string ExportRollbackInProgress = "EXPORT_ROLLBACK_IN_PROGRESS";
    public const string ExportRollbackFailed = "EXPORT_ROLLBACK_FAILED";
    public const string ExportRollbackComplete = "EXPORT_ROLLBACK_COMPLETE";
    public const string UpdateRollbackInProgress = "UPDATE_ROLLBACK_IN_PROGRESS";
    public const string UpdateRollbackComplete = "UPDATE_ROLLBACK_COMPLETE";
    public const string UpdateRollbackFailed = "UPDATE_ROLLBACK_FAILED";
    public const string RollbackInProgress = "ROLLBACK_IN_PROGRESS";
    public const string RollbackComplete = "ROLLBACK_COMPLETE";
    public const string RollbackFailed = "ROLLBACK_FAILED";
}
