namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The values of SageMaker's SecondaryStatus.</summary>
public static class SecondaryStatus
{
    public const string Starting = "Starting";
    public const string LaunchingMLInstances = "LaunchingMLInstances";
    public const string PreparingTrainingStack = "PreparingTrainingStack";
    public const string Downloading = "Downloading";
    public const string DownloadingTrainingImage = "DownloadingTrainingImage";
    public const string Training = "Training";
    public const string Uploading = "Uploading";
    public const string Stopping = "Stopping";
    public const string Stopped = "Stopped";
    public const string MaxRuntimeExceeded = "MaxRuntimeExceeded";
    public const string Completed = "Completed";
    public const string Failed = "Failed";
    public const string Interrupted = "Interrupted";
    public const string MaxWaitTimeExceeded = "MaxWaitTimeExceeded";
    public const string Updating = "Updating";
    public const string Restarting = "Restarting";
    public const string Pending = "Pending";
}
