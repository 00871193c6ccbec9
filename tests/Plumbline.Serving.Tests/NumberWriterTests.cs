using System.Globalization;
using System.Text;
using Plumbline.Serving;
using Plumbline.Testing;

namespace Plumbline.Serving.Tests;

public sealed class NumberWriterTests
{
    [Theory]
    [InlineData(0f, "0")]
    [InlineData(1f, "1")]
    [InlineData(0.1f, "0.1")]
    [InlineData(0.3f, "0.3")]
    [InlineData(0.984375f, "0.984375")]
    [InlineData(0.010000001f, "0.010000001")]
    [InlineData(0.00025f, "0.00025")]
    [InlineData(-12.5f, "-12.5")]
    [InlineData(1e-7f, "1E-07")]
    [InlineData(-1.17549435E-38f, "-1.1754944E-38")]
    public void It_writes_what_a_person_would(float number, string text) => Written(number).ShouldBe(text);

    [Fact]
    public void What_is_written_reads_back_as_the_same_value()
    {
        var random = Seeds.Random(3);
        for (var i = 0; i < 200_000; i++)
        {
            var number = (float)Math.Pow(10, -5 * random.NextDouble());
            number = i % 2 == 0 ? number : 1 - number / 100;
            var text = Written(number);
            float.Parse(text, CultureInfo.InvariantCulture).ShouldBe(number, text);
            text.Length.ShouldBeLessThanOrEqualTo(NumberWriter.Longest);
        }
        Written(MathF.BitDecrement(1)).ShouldBe("0.99999994");
    }

    private static string Written(float number)
    {
        Span<byte> text = stackalloc byte[NumberWriter.Longest];
        return Encoding.ASCII.GetString(text[..NumberWriter.Write(number, text)]);
    }
}
