using Plumbline.Jobs.Processing;
using Plumbline.Records;

namespace Plumbline.Jobs.Tests.Processing;

public sealed class ProcessingArgumentsTests
{
    [Theory]
    [InlineData("2026-03-01T12:00:00Z", 0)]
    [InlineData("2026-03-01T12:00:00", 0)]
    [InlineData("2026-03-01T13:30:00.250+01:30", 250)]
    [InlineData("2026-03-01T12:00:00.25Z", 250)]
    [InlineData("1772366400", 0)]
    [InlineData("1772366400.25", 250)]
    public void A_time_may_be_ISO_8601_with_any_offset_or_seconds_since_1970(string text, int milliseconds) =>
        new ProcessingArguments(["--at", text], "at")
            .Time("at")
            .ShouldBe(new DateTimeOffset(2026, 3, 1, 12, 0, 0, milliseconds, TimeSpan.Zero));

    [Theory]
    [InlineData("noon")]
    [InlineData("-1")]
    [InlineData("99999999999999")]
    public void A_text_that_is_not_a_time_is_refused(string text) =>
        Should
            .Throw<UserError>(() => new ProcessingArguments(["--at", text], "at").Time("at"))
            .Message.ShouldContain("is not a time: write it as 2026-03-01T12:00:00Z, or as 1772366400");
}
