using Plumbline.Loop.Checks.Rules;

namespace Plumbline.Loop.Checks;

public enum Severity
{
    /// <summary>Worth knowing: a cost, a quota, an end of life.</summary>
    Note,

    /// <summary>AWS accepts it, but it will not do what was meant.</summary>
    Warning,

    /// <summary>AWS rejects it, or the job fails.</summary>
    Error,
}

/// <summary>A problem that a rule found.</summary>
/// <param name="Rule">The rule's number, such as <c>PL002</c>; docs/check.md has them all.</param>
/// <param name="Place">A key of plumbline.yaml, a resource, or a pipeline and its step.</param>
/// <param name="Message">One sentence with the limit and AWS's reason.</param>
public sealed record Finding(string Rule, Severity Severity, string Place, string Message);

/// <summary>A finding without its rule's number, which <see cref="ParityCheck"/> adds.</summary>
internal sealed record Problem(Severity Severity, string Place, string Message)
{
    public static Problem Error(string place, string message) => new(Severity.Error, place, message);

    public static Problem Warning(string place, string message) => new(Severity.Warning, place, message);

    public static Problem Note(string place, string message) => new(Severity.Note, place, message);
}
