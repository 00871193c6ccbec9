namespace Plumbline.WebConsole.Captures;

/// <summary>How far an index is.</summary>
/// <param name="Rows">Predictions in it.</param>
/// <param name="Unreadable">Captured lines that could not be read.</param>
/// <param name="ObjectsBehind">Objects that were listed and are not in it yet; more may follow after so many as one pass takes.</param>
/// <param name="BytesBehind">Their size.</param>
/// <param name="LastPass">When it was last complete, in this machine's time; null before the first time.</param>
/// <param name="Problem">Why the last pass failed; null where it did not.</param>
public sealed record IndexProgress(
    long Rows,
    long Unreadable,
    long ObjectsBehind,
    long BytesBehind,
    DateTimeOffset? LastPass,
    string? Problem
)
{
    /// <summary>True where it has all that there was at the last pass.</summary>
    public bool IsComplete => LastPass is not null && ObjectsBehind == 0 && Problem is null;
}
