using System.Text;
using Plumbline.Records.Examples;
using Plumbline.Records.Inputs;

namespace Plumbline.Jobs.Inputs;

/// <summary>The figures of a content by its type.</summary>
internal static class ContentFigures
{
    /// <param name="type">The content type.</param>
    /// <param name="body">The bytes.</param>
    /// <param name="label">The truth or the predicted label, if known.</param>
    public static SampledInput Of(string type, byte[] body, string? label)
    {
        var text = ContentTypes.IsText(type) ? Encoding.UTF8.GetString(body) : null;
        return new SampledInput
        {
            Label = label,
            Figures =
                text is not null ? TextFigures.Of(text)
                : ContentTypes.IsImage(type) ? ImageFigures.Of(body)
                : new Dictionary<string, float> { ["bytes"] = body.Length },
            Words = text is null ? [] : TextFigures.Words(text),
        };
    }
}
