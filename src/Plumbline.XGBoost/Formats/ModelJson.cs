using System.Text.Json;

namespace Plumbline.XGBoost.Formats;

/// <summary>Reads the JSON that libxgboost saves, which is not always JSON.</summary>
internal static class ModelJson
{
    /// <summary>
    /// Parses a saved model. libxgboost writes NaN as the threshold of a split by categories; it becomes 0, because such
    /// a split has no threshold.
    /// </summary>
    public static JsonDocument Parse(ReadOnlyMemory<byte> json) => JsonDocument.Parse(WithoutNaN(json));

    private static ReadOnlyMemory<byte> WithoutNaN(ReadOnlyMemory<byte> json)
    {
        if (json.Span.IndexOf("NaN"u8) < 0)
        {
            return json;
        }
        var text = json.ToArray();
        var isName = false;
        for (var at = 0; at < text.Length; at++)
        {
            if (isName && text[at] == '\\')
            {
                at++;
            }
            else if (text[at] == '"')
            {
                isName = !isName;
            }
            // A feature's name may contain the three letters.
            else if (!isName && text.AsSpan(at).StartsWith("NaN"u8))
            {
                "0.0"u8.CopyTo(text.AsSpan(at));
            }
        }
        return text;
    }
}
