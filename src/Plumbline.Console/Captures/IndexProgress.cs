namespace Plumbline.WebConsole.Captures;

/// <summary>The progress of an index.</summary>
/// <param name="Rows">The predictions in the index.</param>
/// <param name="Unreadable">Captured lines that could not be read.</param>
/// <param name="ObjectsBehind">Listed objects that are not in the index yet; after a full pass more may follow.</param>
/// <param name="BytesBehind">The size of those objects.</param>
/// <param name="LastPass">When the index was last complete, in this machine's time; null before the first time.</param>
/// <param name="Problem">The reason if the last pass failed.</param>
public sealed record IndexProgress(
    long Rows,
    long Unreadable,
    long ObjectsBehind,
    long BytesBehind,
    DateTimeOffset? LastPass,
    string? Problem
)
{
    /// <summary>True if the index has everything that S3 had at the last pass.</summary>
    public bool IsComplete => LastPass is not null && ObjectsBehind == 0 && Problem is null;
}
