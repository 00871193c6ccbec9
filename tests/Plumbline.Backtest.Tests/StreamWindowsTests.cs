using Plumbline.Backtest.Streams;

namespace Plumbline.Backtest.Tests;

public sealed class StreamWindowsTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_last_of_even_windows_takes_the_remainder()
    {
        var windows = StreamWindows.Even(45_312, 30);

        (windows.Initial, windows.Count, windows.Length).ShouldBe((6_796, 30, 1_283));
        windows.Rows(0).ShouldBe((6_796, 8_079));
        windows.Rows(29).ShouldBe((44_003, 45_312));
    }

    [Fact]
    public void Windows_of_time_may_have_any_number_of_rows_but_not_none()
    {
        DateTimeOffset[] times = [.. new[] { 0, 1, 2, 7, 8, 22, 23, 24, 29 }.Select(day => Start.AddDays(day))];

        var windows = StreamWindows.ByTime(times, Start.AddDays(7), TimeSpan.FromDays(7));

        windows.Initial.ShouldBe(3);
        Enumerable.Range(0, windows.Count).Select(windows.Rows).ShouldBe([(3, 5), (5, 8), (8, 9)]);
    }

    [Fact]
    public void Too_few_rows_are_refused()
    {
        Should.Throw<ArgumentException>(() => StreamWindows.Even(10, 30));
        Should.Throw<ArgumentException>(() => StreamWindows.ByTime([Start], Start, TimeSpan.FromDays(1)));
        Should.Throw<ArgumentException>(() => StreamWindows.ByTime([Start], Start.AddDays(1), TimeSpan.FromDays(1)));
    }
}
