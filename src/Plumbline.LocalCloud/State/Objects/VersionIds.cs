using System.Buffers;
using System.Security.Cryptography;

namespace Plumbline.LocalCloud.State.Objects;

/// <summary>Version ids: opaque, and in AWS's form.</summary>
internal static class VersionIds
{
    /// <summary>The id of a version that was stored without versioning.</summary>
    public const string Null = "null";

    private const int Length = 32;
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._";
    private static readonly SearchValues<char> Known = SearchValues.Create(Alphabet);

    /// <summary>The id of a new version.</summary>
    /// <param name="versioning">Enabled, Suspended, or null in a bucket that never had versions.</param>
    public static string Next(string? versioning) =>
        versioning == "Enabled" ? RandomNumberGenerator.GetString(Alphabet, Length) : Null;

    /// <summary>True if the text has the form of a version id.</summary>
    public static bool IsWellFormed(string id) =>
        id == Null || (id.Length == Length && !id.AsSpan().ContainsAnyExcept(Known));
}
