using System.Globalization;

namespace Plumbline.Aws.Events;

/// <summary>Numbers as EventBridge compares them: as doubles, unless a double would lose digits.</summary>
internal static class ExactDouble
{
    /// <summary>Returns the number, or null if no double has exactly these digits.</summary>
    public static double? TryParse(string text)
    {
        if (
            !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            || !double.IsFinite(number)
        )
        {
            return null;
        }

        var shortest = number.ToString("R", CultureInfo.InvariantCulture);
        var exact =
            !decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var asked)
            || !decimal.TryParse(shortest, NumberStyles.Float, CultureInfo.InvariantCulture, out var held)
            || asked == held;
        return exact ? number : null;
    }
}
