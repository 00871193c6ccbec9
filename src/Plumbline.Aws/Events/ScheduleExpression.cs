using System.Globalization;
using System.Text.RegularExpressions;
using Quartz;

namespace Plumbline.Aws.Events;

/// <summary>
/// The times at which a schedule fires: <c>rate(5 minutes)</c>, <c>cron(0 3 * * ? *)</c> (minutes, hours, day of month,
/// month, day of week, year; UTC) or <c>at(2030-01-31T09:00:00)</c>.
/// </summary>
public abstract partial record ScheduleExpression
{
    private ScheduleExpression() { }

    /// <exception cref="FormatException">The text is not such an expression; the message gives the reason.</exception>
    public static ScheduleExpression Parse(string text)
    {
        var form = Form().Match(text);
        if (!form.Success)
        {
            throw new FormatException($"'{text}' is not of the form rate(...), cron(...) or at(...).");
        }

        var content = form.Groups["content"].Value;
        return form.Groups["kind"].Value switch
        {
            "rate" => Rate.Read(content),
            "cron" => Cron.Read(content),
            _ => At.Read(content),
        };
    }

    /// <summary>
    /// Returns the first firing later than <paramref name="after"/>, or null if the schedule is over.
    /// </summary>
    /// <param name="start">The time at which the schedule was made or enabled; a rate counts from it.</param>
    public abstract DateTimeOffset? Next(DateTimeOffset start, DateTimeOffset after);

    [GeneratedRegex(@"^(?<kind>rate|cron|at)\((?<content>.*)\)\z", RegexOptions.Singleline)]
    private static partial Regex Form();

    /// <summary>Fires at a fixed interval, first one interval after the start.</summary>
    public sealed partial record Rate(TimeSpan Interval) : ScheduleExpression
    {
        /// <inheritdoc/>
        public override DateTimeOffset? Next(DateTimeOffset start, DateTimeOffset after)
        {
            var passed = after < start ? 0 : (after - start).Ticks / Interval.Ticks;
            return start + (Interval * (passed + 1));
        }

        internal static Rate Read(string content)
        {
            var form = RateForm().Match(content);
            if (
                !form.Success
                || !long.TryParse(form.Groups["value"].Value, CultureInfo.InvariantCulture, out var value)
                || value is < 1 or > 10_000_000
            )
            {
                throw new FormatException($"rate({content}) needs a positive whole number and minutes, hours or days.");
            }

            var unit = form.Groups["unit"].Value;
            if ((value == 1) == form.Groups["plural"].Success)
            {
                throw new FormatException($"rate({content}) needs '{unit}' for 1 and '{unit}s' for more.");
            }

            return new Rate(
                unit switch
                {
                    "minute" => TimeSpan.FromMinutes(value),
                    "hour" => TimeSpan.FromHours(value),
                    _ => TimeSpan.FromDays(value),
                }
            );
        }

        [GeneratedRegex(@"^(?<value>[0-9]+) +(?<unit>minute|hour|day)(?<plural>s)?\z")]
        private static partial Regex RateForm();
    }

    public sealed record Cron(string Fields) : ScheduleExpression
    {
        private readonly CronExpression times = new($"0 {Fields}", TimeZoneInfo.Utc);

        /// <inheritdoc/>
        public override DateTimeOffset? Next(DateTimeOffset start, DateTimeOffset after) =>
            times.GetNextValidTimeAfter(after);

        internal static Cron Read(string content)
        {
            var fields = content.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length != 6)
            {
                throw new FormatException($"cron({content}) needs six fields.");
            }

            if ((fields[2] == "?") == (fields[4] == "?"))
            {
                throw new FormatException($"cron({content}) needs ? as its day of month or as its day of week.");
            }

            try
            {
                return new Cron(string.Join(' ', fields));
            }
            catch (Exception exception) when (exception is FormatException or ArgumentException)
            {
                throw new FormatException($"cron({content}): {exception.Message}", exception);
            }
        }
    }

    public sealed record At(DateTimeOffset Time) : ScheduleExpression
    {
        /// <inheritdoc/>
        public override DateTimeOffset? Next(DateTimeOffset start, DateTimeOffset after) => Time > after ? Time : null;

        internal static At Read(string content) =>
            DateTimeOffset.TryParseExact(
                content,
                "yyyy-MM-dd'T'HH:mm:ss",
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out var time
            )
                ? new At(time)
                : throw new FormatException($"at({content}) needs a time such as 2030-01-31T09:00:00.");
    }
}
