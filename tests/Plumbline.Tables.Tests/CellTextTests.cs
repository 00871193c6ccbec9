using System.Text;

namespace Plumbline.Tables.Tests;

public sealed class CellTextTests
{
    [Theory]
    [InlineData("2026-03-01", "2026-03-01T00:00:00Z")]
    [InlineData("2026/3/1", "2026-03-01T00:00:00Z")]
    [InlineData("2026-03-01 05:30", "2026-03-01T05:30:00Z")]
    [InlineData("2026-03-01T12:30:05.25Z", "2026-03-01T12:30:05.25Z")]
    [InlineData("2026-03-01T12:30:00+02:00", "2026-03-01T10:30:00Z")]
    [InlineData(" 2026-03-01 12:30:00 +02:00 ", "2026-03-01T10:30:00Z")]
    public void A_time_is_read_in_its_zone_or_as_UTC(string cell, string utc)
    {
        CellText.TryTime(Encoding.UTF8.GetBytes(cell), out var time).ShouldBeTrue();
        time.ShouldBe(DateTimeOffset.Parse(utc, System.Globalization.CultureInfo.InvariantCulture));
        time.Offset.ShouldBe(TimeSpan.Zero);
    }

    [Theory]
    [InlineData("20260301")]
    [InlineData("2026-13-01")]
    [InlineData("01.03.2026")]
    [InlineData("12345678")]
    [InlineData("soon")]
    [InlineData("")]
    public void Any_other_text_is_not_a_time(string cell)
    {
        CellText.TryTime(Encoding.UTF8.GetBytes(cell), out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("True", true)]
    [InlineData("y", true)]
    [InlineData("1", true)]
    [InlineData(" NO ", false)]
    [InlineData("0", false)]
    public void A_boolean_has_the_usual_spellings(string cell, bool expected)
    {
        CellText.TryBoolean(Encoding.UTF8.GetBytes(cell), out var value).ShouldBeTrue();
        value.ShouldBe(expected);
        CellText.TryBoolean("maybe"u8, out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("1.5", 1.5f)]
    [InlineData(" -2e3 ", -2000f)]
    [InlineData("+7", 7f)]
    public void A_number_is_finite(string cell, float expected)
    {
        CellText.TryNumber(Encoding.UTF8.GetBytes(cell), out var number).ShouldBeTrue();
        number.ShouldBe(expected);
        CellText.TryNumber("Infinity"u8, out _).ShouldBeFalse();
        CellText.TryNumber("1,5"u8, out _).ShouldBeFalse();
    }
}
