using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Plumbline.Records;

/// <summary>
/// Durations in <c>plumbline.yaml</c>: a whole number and <c>s</c>, <c>m</c>, <c>h</c> or <c>d</c>; zero is <c>0</c>.
/// </summary>
public static class Durations
{
    private static readonly (char Unit, TimeSpan Length)[] Units =
    [
        ('d', TimeSpan.FromDays(1)),
        ('h', TimeSpan.FromHours(1)),
        ('m', TimeSpan.FromMinutes(1)),
        ('s', TimeSpan.FromSeconds(1)),
    ];

    /// <summary>
    /// Parses a text like <c>48h</c>; false for negative numbers, more than 3,650 days and any other text.
    /// </summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        if (text == "0")
            return true;
        if (text.Length < 2)
            return false;
        var unit = Array.Find(Units, unit => unit.Unit == text[^1]).Length;
        if (
            unit == default
            || !long.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
        )
            return false;
        if (count > TimeSpan.FromDays(3650) / unit)
            return false;
        duration = unit * count;
        return true;
    }

    /// <summary>
    /// Writes the shortest text that <see cref="TryParse"/> reads back, to the second: 48 h is <c>2d</c>.
    /// </summary>
    public static string Format(TimeSpan duration)
    {
        foreach (var (unit, length) in Units)
        {
            if (duration.Ticks != 0 && duration.Ticks % length.Ticks == 0)
                return string.Create(CultureInfo.InvariantCulture, $"{duration.Ticks / length.Ticks}{unit}");
        }
        return duration < Units[^1].Length ? "0" : Format(TimeSpan.FromSeconds((long)duration.TotalSeconds));
    }
}

internal sealed class DurationConverter : JsonConverter<TimeSpan>
{
    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && Durations.TryParse(reader.GetString()!, out var duration)
            ? duration
            : throw new JsonException("write a duration like 48h");

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Durations.Format(value));
}
