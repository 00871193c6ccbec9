using System.Text;

namespace Plumbline.LocalCloud.Services.S3.Objects;

/// <summary>What describes an object, in headers, which are ASCII.</summary>
internal static class HeaderText
{
    private const char LastOfLatin1 = '\u00FF';

    /// <summary>As S3 answers: plain where it can be, else in the form of RFC 2047.</summary>
    public static string Encode(string text) =>
        text.AsSpan().ContainsAnyExceptInRange(' ', '~')
            ? $"=?UTF-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(text))}?="
            : text;

    /// <summary>The value that a request's <c>response-…</c> parameter puts in the place of an object's own.</summary>
    /// <exception cref="Aws.Errors.AwsException">No header can hold it.</exception>
    public static string Override(string parameter, string text) =>
        text.Any(character => char.IsControl(character) || character > LastOfLatin1)
            ? throw S3Errors.InvalidArgument("Header value cannot be represented using ISO-8859-1.", parameter, text)
            : Encode(text);
}
