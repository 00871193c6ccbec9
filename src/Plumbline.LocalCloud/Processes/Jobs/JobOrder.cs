namespace Plumbline.LocalCloud.Processes.Jobs;

/// <summary>A job's own word about where and how it wants to run.</summary>
/// <param name="Id">The name of its folder: the kind and the job's name.</param>
/// <param name="Name">The job's name.</param>
/// <param name="RoleArn">The role it acts as.</param>
/// <param name="InstanceType">Such as <c>ml.m5.large</c>.</param>
/// <param name="InstanceCount">Hosts asked for; here there is one.</param>
/// <param name="Volume">GB of its VolumeSizeInGB; null where none is named.</param>
/// <param name="Limit">The most it may run, in real time.</param>
/// <param name="Network">False isolates it.</param>
/// <param name="Resumes">Whether it can begin again from its checkpoints when the machine went down under it.</param>
/// <param name="LogGroup">Where what it prints goes.</param>
/// <param name="LogStream">The stream in it.</param>
public sealed record JobOrder(
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
/// <param name="Image">The line of its image.</param>
/// <param name="Command">As it is seen from inside.</param>
/// <param name="Environment">The whole environment.</param>
/// <param name="Binds">Inputs and other folders besides <c>/opt/ml</c> itself.</param>
public sealed record JobProgram(
    Images.ImageProgram Image,
    IReadOnlyList<string> Command,
    IReadOnlyDictionary<string, string> Environment,
    IReadOnlyList<Supervision.Bind> Binds
);

/// <summary>How a job ended.</summary>
/// <param name="Outcome">Which way.</param>
/// <param name="FailureReason">AWS's text, where it failed.</param>
/// <param name="Seconds">Real time that its program ran, whole seconds, rounded up.</param>
public sealed record JobEnd(JobOutcome Outcome, string? FailureReason, int Seconds);

/// <summary>The ways in which a job ends.</summary>
public enum JobOutcome
{
    /// <summary>Exit code 0.</summary>
    Completed,

    /// <summary>Anything else, not asked for.</summary>
    Failed,

    /// <summary>Somebody asked.</summary>
    Stopped,

    /// <summary>Its time was up.</summary>
    TimedOut,
}
