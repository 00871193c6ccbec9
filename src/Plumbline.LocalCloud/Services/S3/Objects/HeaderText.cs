using System.Text;

namespace Plumbline.LocalCloud.Services.S3.Objects;

/// <summary>Encodes an object's description for headers, which are ASCII.</summary>
internal static class HeaderText
{
    private const char LastOfLatin1 = '\u00FF';

    /// <summary>Returns ASCII text unchanged, and other text in the form of RFC 2047, as S3 does.</summary>
    public static string Encode(string text) =>
        text.AsSpan().ContainsAnyExceptInRange(' ', '~')
            ? $"=?UTF-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(text))}?="
            : text;

    /// <summary>
    /// Returns the value of a request's <c>response-…</c> parameter, which replaces the object's own.
    /// </summary>
    /// <exception cref="Aws.Errors.AwsException">A header cannot hold it.</exception>
    public static string Override(string parameter, string text) =>
        text.Any(character => char.IsControl(character) || character > LastOfLatin1)
            ? throw S3Errors.InvalidArgument("Header value cannot be represented using ISO-8859-1.", parameter, text)
            : Encode(text);
}
