using Plumbline.Aws.Errors;
using Plumbline.LocalCloud.Services.CloudWatch.Metrics;

namespace Plumbline.LocalCloud.Tests.CloudWatch;

public sealed class MetricMathTests
{
    [Theory]
    [InlineData("100 * errors / requests", 2.5)]
    [InlineData("errors + requests / 2 - 1", 20.0)]
    [InlineData("-(errors - 2) * 2", 2.0)]
    [InlineData("2 ^ 3 + .5", 8.5)]
    [InlineData("IF(requests >= 40 AND errors > 0, 7, 0)", 7.0)]
    [InlineData("IF(requests < 40 OR errors == 2, 7, 0)", 0.0)]
    [InlineData("IF(requests<40||errors!=1, 7, 3)", 3.0)]
    [InlineData("FILL(missing, 5) + errors", 6.0)]
    [InlineData("missing + errors", null)]
    [InlineData("requests / FILL(missing, 0)", null)]
    [InlineData("if(errors, requests, missing)", 40.0)]
    public void An_expression_has_the_value_that_the_user_guide_gives_it(string text, double? value)
    {
        var figures = new Dictionary<string, double?> { ["errors"] = 1, ["requests"] = 40 };

        MetricMath.Parse(text).Of(id => figures.GetValueOrDefault(id)).ShouldBe(value);
    }

    [Theory]
    [InlineData("errors /", "it ends where a value is expected")]
    [InlineData("(errors", "it ends where a value is expected")]
    [InlineData("errors requests", "invalid syntax at 'requests'")]
    [InlineData("Errors + 1", "invalid syntax at 'Errors'")]
    [InlineData("ANOMALY_DETECTION_BAND(errors, 2)", "does not implement ANOMALY_DETECTION_BAND")]
    public void One_that_is_invalid_or_not_here_is_refused_with_the_place(string text, string message)
    {
        Should.Throw<AwsException>(() => MetricMath.Parse(text)).Message.ShouldContain(message);
    }

    [Fact]
    public void It_tells_the_metrics_that_it_names() =>
        MetricMath
            .Parse("IF(errors > 2, 100 * errors / requests, 0)")
            .Ids.ShouldBe(["errors", "requests"], ignoreOrder: true);
}
