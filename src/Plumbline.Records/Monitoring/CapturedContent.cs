using System.Text;
using Plumbline.Aws.Formats;
using Plumbline.Records.Examples;

namespace Plumbline.Records.Monitoring;

/// <summary>The body of a captured request that is one example.</summary>
/// <param name="Pinned">Hash, type and size.</param>
/// <param name="Body">The bytes.</param>
/// <param name="Words">The start of a text, or the type and size, for lists.</param>
public sealed record CapturedContent(Content Pinned, byte[] Body, string Words)
{
    private const int LongestText = 4000;

    public static CapturedContent Of(CapturedBody input)
    {
        var body = input.Bytes();
        var content = Content.Of(body, input.ObservedContentType ?? "");
        return new CapturedContent(content, body, ContentTypes.IsText(content.Type) ? Start(body) : content.Text());
    }

    private static string Start(byte[] body)
    {
        var text = Encoding.UTF8.GetString(body);
        return text.Length <= LongestText ? text : text[..LongestText] + "...";
    }
}
