using Microsoft.AspNetCore.Components;

namespace Plumbline.WebConsole.Components;

/// <summary>Renders SVG's text element: in a page, Razor would take the tag for its own.</summary>
internal static class SvgText
{
    public static RenderFragment Of(double x, double y, string words, string anchor = "start", string? css = null) =>
        builder =>
        {
            builder.OpenElement(0, "text");
            builder.AddAttribute(1, "x", DisplayText.At(x));
            builder.AddAttribute(2, "y", DisplayText.At(y));
            builder.AddAttribute(3, "text-anchor", anchor);
            builder.AddAttribute(4, "class", css);
            builder.AddContent(5, words);
            builder.CloseElement();
        };
}
