using System.Globalization;
using Plumbline.Records;

namespace Plumbline.Jobs.Processing;

/// <summary>The <c>--name value</c> pairs of a processing program.</summary>
public sealed class ProcessingArguments
{
    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

    /// <param name="args">The command line as given.</param>
    /// <param name="known">The valid names, without dashes.</param>
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
                throw new UserError(args[i], $"has no value: write {args[i]} VALUE");
            }
            values[name] = args[i + 1];
        }
    }

    /// <summary>A pipeline passes this for a missing value, because its parameters must have defaults.</summary>
    private const string NotGiven = "none";

    /// <summary>The end of the year 9999, the latest time that .NET can represent, in seconds since 1970.</summary>
    private const decimal LastSecond = 253_402_300_800;

    public string Required(string name) => Optional(name) ?? throw new UserError($"--{name}", "is missing");

    /// <summary>Returns the value, or null if it is missing or empty.</summary>
    public string? Optional(string name) =>
        values.TryGetValue(name, out var value) && value is not ("" or NotGiven) ? value : null;

    /// <summary>
    /// Reads a time in ISO-8601 (UTC if it has no zone) or in seconds since 1970, with or without a fraction. Both are
    /// accepted because AWS does not document the form in which a pipeline passes its <c>Execution.StartDateTime</c>.
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
            $"'{text}' is not a time: write it as 2026-03-01T12:00:00Z, or as 1772366400 (seconds since 1970)"
        );
}
