using System.Globalization;
using Plumbline.Records;

namespace Plumbline.Jobs.Processing;

/// <summary>The <c>--name value</c> pairs of a processing program.</summary>
public sealed class ProcessingArguments
{
    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

    /// <param name="args">As given.</param>
    /// <param name="known">The names there are, without dashes.</param>
    /// <exception cref="UserError">A name is unknown, or has no value.</exception>
    public ProcessingArguments(string[] args, params string[] known)
    {
        for (var i = 0; i < args.Length; i += 2)
        {
            var name = args[i].StartsWith("--", StringComparison.Ordinal) ? args[i][2..] : "";
            if (!known.Contains(name))
            {
                throw new UserError(args[i], $"is not one of --{string.Join(", --", known)}");
            }
            if (i + 1 == args.Length)
            {
                throw new UserError(args[i], "has no value");
            }
            values[name] = args[i + 1];
        }
    }

    /// <summary>The value that a pipeline passes for none: its parameters must have defaults.</summary>
    private const string NotGiven = "none";

    /// <summary>The year 9999, the last that a time may have.</summary>
    private const decimal LastSecond = 253_402_300_800;

    /// <summary>A value that must be there.</summary>
    public string Required(string name) => Optional(name) ?? throw new UserError($"--{name}", "is missing");

    /// <summary>A value, null where it is missing or empty.</summary>
    public string? Optional(string name) =>
        values.TryGetValue(name, out var value) && value is not ("" or NotGiven) ? value : null;

    /// <summary>
    /// A time in ISO-8601, UTC where it says no zone, or in seconds since 1970, with or without a fraction: AWS says nowhere
    /// in which form a pipeline hands over its <c>Execution.StartDateTime</c>.
    /// </summary>
    public DateTimeOffset? Time(string name) =>
        Optional(name) is not { } text ? null
        : decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
        && seconds < LastSecond
            ? DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond))
        : DateTimeOffset.TryParse(
            text,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var time
        )
            ? time
        : throw new UserError(
            $"--{name}",
            $"'{text}' is no time; it looks like 2026-03-01T12:00:00Z, or 1772366400 (seconds since 1970)"
        );
}
