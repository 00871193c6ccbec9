namespace Plumbline.WebConsole.Captures;

/// <summary>Ranges of keys that begin alike.</summary>
internal static class Prefixes
{
    /// <summary>The last character that there is: after a prefix, it sorts after all keys with it.</summary>
    public const string End = "\U0010FFFF";
}
