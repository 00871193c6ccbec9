namespace Plumbline.LocalCloud.Services.CodeBuild.Builds;

/// <summary>The local cloud's own state of a build.</summary>
internal sealed class BuildState
{
    /// <summary>The idempotency token of the StartBuild that made it, or null.</summary>
    public string? Token { get; init; }

    /// <summary>The credentials that its process was granted; null before it starts.</summary>
    public string? Grant { get; set; }

    /// <summary>True once StopBuild was called.</summary>
    public bool Stopped { get; set; }
}
