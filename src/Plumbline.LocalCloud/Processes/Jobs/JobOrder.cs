namespace Plumbline.LocalCloud.Processes.Jobs;

/// <summary>A job's request: where and how it is to run.</summary>
/// <param name="Id">The name of its folder: the kind and the job's name.</param>
/// <param name="Name">The job's name.</param>
/// <param name="RoleArn">The role it acts as.</param>
/// <param name="InstanceType">Such as <c>ml.m5.large</c>.</param>
/// <param name="InstanceCount">The number of hosts in the request; here the job runs on one.</param>
/// <param name="Volume">Its VolumeSizeInGB; null if the request has none.</param>
/// <param name="Limit">The longest real time that it may run.</param>
/// <param name="Network">False isolates it from the network.</param>
/// <param name="Resumes">True if it can start again from its checkpoints after the machine went down.</param>
/// <param name="LogGroup">The log group of its output.</param>
/// <param name="LogStream">The log stream of its output.</param>
internal sealed record JobOrder(
    string Id,
    string Name,
    string RoleArn,
    string InstanceType,
    int InstanceCount,
    int? Volume,
    TimeSpan Limit,
    bool Network,
    bool Resumes,
    string LogGroup,
    string LogStream
);

/// <summary>The program of a job.</summary>
/// <param name="Image">The entry of its image in the table.</param>
/// <param name="Command">The command, with paths as seen from inside.</param>
/// <param name="Environment">The whole environment.</param>
/// <param name="Binds">Inputs and other folders besides <c>/opt/ml</c> itself.</param>
internal sealed record JobProgram(
    Images.ImageProgram Image,
    IReadOnlyList<string> Command,
    IReadOnlyDictionary<string, string> Environment,
    IReadOnlyList<Specs.Bind> Binds
);

/// <summary>The end of a job.</summary>
/// <param name="Outcome">The way in which it ended.</param>
/// <param name="FailureReason">AWS's text, if it failed.</param>
/// <param name="Seconds">Real time that its program ran, in whole seconds, rounded up.</param>
internal sealed record JobEnd(JobOutcome Outcome, string? FailureReason, int Seconds);

internal enum JobOutcome
{
    /// <summary>The program ended with exit code 0.</summary>
    Completed,

    /// <summary>The program failed, or could not run.</summary>
    Failed,

    /// <summary>A stop was requested.</summary>
    Stopped,

    /// <summary>The program reached its time limit.</summary>
    TimedOut,
}
