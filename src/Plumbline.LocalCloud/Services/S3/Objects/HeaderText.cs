using System.Text;

namespace Plumbline.LocalCloud.Services.S3.Objects;

/// <summary>Metadata in headers, which are ASCII.</summary>
internal static class HeaderText
{
    /// <summary>As S3 answers: plain where it can be, else in the form of RFC 2047.</summary>
    public static string Encode(string text) =>
        text.AsSpan().ContainsAnyExceptInRange(' ', '~')
            ? $"=?UTF-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(text))}?="
            : text;
}
