using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Plumbline.Records.Data;
using Plumbline.Testing;

namespace Plumbline.Records.Tests.Data;

public class CanonicalFeaturesTests
{
    [Theory]
    [InlineData("1,2.5", "0000803F00002040")]
    [InlineData("1.0, 25e-1 ", "0000803F00002040")]
    [InlineData("-0,0", "0000000000000000")]
    [InlineData(",nan", "0000C07F0000C07F")]
    [InlineData("NaN,-NaN", "0000C07F0000C07F")]
    public void Numbers_are_float32_little_endian_with_one_zero_and_one_NaN(string row, string hex) =>
        Convert.ToHexString(Bytes(row)).ShouldBe(hex);

    [Fact]
    public void A_text_is_its_length_and_its_UTF_8() => Convert.ToHexString(Bytes("é1x")).ShouldBe("04000000C3A93178");

    [Fact]
    public void A_split_key_is_the_SHA_256_of_the_bytes()
    {
        var key = SplitKey.OfRow("1,2.5");
        key.ToString().ShouldBe(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Bytes("1,2.5"))));
        SplitKey.Parse(key.ToString()).ShouldBe(key);
        SplitKey.Parse("xyz").ShouldBeNull();
        SplitKey.Parse(null).ShouldBeNull();
    }

    [Fact]
    public void However_a_number_is_written_it_is_the_same_row() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<float>(),
                value =>
                {
                    if (float.IsInfinity(value))
                        return true;
                    var spellings = new[] { "R", "E9", "G9" }.Select(format =>
                        value.ToString(format, CultureInfo.InvariantCulture)
                    );
                    return spellings.Select(text => Convert.ToHexString(Bytes(text))).Distinct().Count() == 1;
                }
            )
            .Check();

    [Fact]
    public void Rows_are_equal_exactly_where_their_numbers_are() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<float[]>(),
                ArbMap.Default.ArbFor<float[]>(),
                (a, b) =>
                    Bytes(a).AsSpan().SequenceEqual(Bytes(b))
                    // Equals, not ==: Equals treats all NaN as one value. It also treats -0 as 0.
                    == a.SequenceEqual(b)
            )
            .Check();

    private static byte[] Bytes(string row)
    {
        var features = new CanonicalFeatures();
        features.AddRow(row);
        return features.Bytes.ToArray();
    }

    private static byte[] Bytes(float[] row)
    {
        var features = new CanonicalFeatures();
        foreach (var value in row)
            features.AddNumber(value);
        return features.Bytes.ToArray();
    }
}
