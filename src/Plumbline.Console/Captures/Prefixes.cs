namespace Plumbline.WebConsole.Captures;

/// <summary>Ranges of keys with the same prefix.</summary>
internal static class Prefixes
{
    /// <summary>Unicode's last character: appended to a prefix, it sorts after all keys with it.</summary>
    public const string End = "\U0010FFFF";
}
