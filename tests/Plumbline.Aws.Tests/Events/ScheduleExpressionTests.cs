using Plumbline.Aws.Events;

namespace Plumbline.Aws.Tests.Events;

public sealed class ScheduleExpressionTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    [Theory]
    [InlineData("rate(1 minute)", "2026-03-04T05:07:07Z")]
    [InlineData("rate(5 minutes)", "2026-03-04T05:11:07Z")]
    [InlineData("rate(7 days)", "2026-03-11T05:06:07Z")]
    [InlineData("cron(0 10 * * ? *)", "2026-03-04T10:00:00Z")]
    [InlineData("cron(15 12 * * ? *)", "2026-03-04T12:15:00Z")]
    [InlineData("cron(0 18 ? * MON-FRI *)", "2026-03-04T18:00:00Z")]
    [InlineData("cron(0 8 1 * ? *)", "2026-04-01T08:00:00Z")]
    [InlineData("cron(0/10 * ? * MON-FRI *)", "2026-03-04T05:10:00Z")]
    [InlineData("cron(0 3 ? * 2#1 *)", "2026-04-06T03:00:00Z")]
    [InlineData("cron(0 3 L * ? *)", "2026-03-31T03:00:00Z")]
    [InlineData("at(2026-03-05T00:00:00)", "2026-03-05T00:00:00Z")]
    public void The_next_time_is_the_one_AWS_would_fire_at(string expression, string next) =>
        ScheduleExpression.Parse(expression).Next(Start, Start).ShouldBe(DateTimeOffset.Parse(next, null));

    [Fact]
    public void A_rate_counts_from_its_start_and_skips_what_has_passed() =>
        ScheduleExpression.Parse("rate(1 hour)").Next(Start, Start.AddHours(10.5)).ShouldBe(Start.AddHours(11));

    [Fact]
    public void What_has_passed_for_good_has_no_next_time()
    {
        ScheduleExpression.Parse("at(2026-03-04T05:06:07)").Next(Start, Start).ShouldBeNull();
        ScheduleExpression.Parse("cron(0 0 1 1 ? 2020)").Next(Start, Start).ShouldBeNull();
    }

    [Theory]
    [InlineData("rate(0 minutes)")]
    [InlineData("rate(1 minutes)")]
    [InlineData("rate(2 minute)")]
    [InlineData("rate(5 seconds)")]
    [InlineData("rate(5)")]
    [InlineData("cron(0 3 * * * *)")]
    [InlineData("cron(0 3 ? * ? *)")]
    [InlineData("cron(0 3 * * ?)")]
    [InlineData("cron(61 3 * * ? *)")]
    [InlineData("cron(a b c d ? *)")]
    [InlineData("at(tomorrow)")]
    [InlineData("every day")]
    public void What_AWS_refuses_is_refused(string expression) =>
        Should.Throw<FormatException>(() => ScheduleExpression.Parse(expression));
}
