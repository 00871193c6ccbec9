using System.Globalization;
using System.Net;
using System.Text;

namespace Plumbline.Records.Backtests;

/// <summary>Lines over windows or versions, as SVG with the console's classes.</summary>
public static class LineSvg
{
    private const double Width = 900;
    private const double Height = 260;
    private const double Left = 56;
    private const double Right = 8;
    private const double Top = 10;
    private const double Bottom = 26;

    /// <param name="label">The picture in words, for people who do not see it.</param>
    /// <param name="lines">Each with a value for each window, or version.</param>
    /// <param name="first">The words under the first value; null for <c>window 1</c>.</param>
    /// <param name="last">The words under the last value; null for the number of the last window.</param>
    public static string Of(
        string label,
        IReadOnlyList<(string Name, IReadOnlyList<double> Values)> lines,
        string? first = null,
        string? last = null
    )
    {
        var lowest = lines.Min(line => line.Values.Min());
        var highest = Math.Max(lines.Max(line => line.Values.Max()), lowest + 1e-6);
        var count = lines.Max(line => line.Values.Count);
        double X(int index) => Left + (Width - Left - Right) * index / Math.Max(1, count - 1);
        double Y(double value) => Top + (Height - Top - Bottom) * (1 - (value - lowest) / (highest - lowest));
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"<svg class=\"chart\" viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{Encoded(label)}\">"
        );
        for (var tick = 0; tick < 5; tick++)
        {
            var value = lowest + (highest - lowest) * tick / 4;
            text.Append(
                CultureInfo.InvariantCulture,
                $"<line class=\"axis\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Y(value):0.#}\" y2=\"{Y(value):0.#}\"/><text x=\"{Left - 6}\" y=\"{Y(value) + 4:0.#}\" text-anchor=\"end\">{Number(value)}</text>"
            );
        }
        for (var line = 0; line < lines.Count; line++)
        {
            var points = lines[line]
                .Values.Select((value, index) => FormattableString.Invariant($"{X(index):0.#},{Y(value):0.#}"));
            text.Append(
                CultureInfo.InvariantCulture,
                $"<polyline class=\"line l{line}\" points=\"{string.Join(' ', points)}\"/>"
            );
        }
        text.Append(
            CultureInfo.InvariantCulture,
            $"<text x=\"{Left}\" y=\"{Height - 6}\">{Encoded(first ?? "window 1")}</text><text x=\"{Width - Right}\" y=\"{Height - 6}\" text-anchor=\"end\">{Encoded(last ?? $"window {count}")}</text></svg><p class=\"row\">"
        );
        for (var line = 0; line < lines.Count; line++)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"<span class=\"row\"><svg width=\"28\" height=\"10\" class=\"chart legend\" aria-hidden=\"true\"><line class=\"line l{line}\" x1=\"0\" x2=\"28\" y1=\"5\" y2=\"5\"/></svg>{Encoded(lines[line].Name)}</span>"
            );
        }
        return text.Append("</p>").ToString();
    }

    /// <summary>A text inside HTML.</summary>
    internal static string Encoded(string text) => WebUtility.HtmlEncode(text);

    private static string Number(double value) =>
        value.ToString(Math.Abs(value) < 10 ? "0.###" : "0", CultureInfo.InvariantCulture);
}
