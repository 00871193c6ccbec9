using System.Globalization;
using System.Text;
using Plumbline.Testing;
using Plumbline.XGBoost.Csv;
using Plumbline.XGBoost.Inputs;

namespace Plumbline.XGBoost.Tests;

public sealed class CsvReaderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Label_weight_and_features_are_told_apart()
    {
        var file = folder.Write("a.csv", "1,0.5,10,20\n0,2,30,40\n");
        using var table = CsvReader.ReadFile(file, new CsvShape { Weight = true });

        table.Labels.ToArray().ShouldBe([1, 0]);
        table.Weights.ToArray().ShouldBe([0.5f, 2]);
        table.Row(1).ToArray().ShouldBe([30, 40]);
        (table.Rows, table.Columns).ShouldBe((2, 2));
    }

    [Fact]
    public void Rows_without_labels_are_features_only()
    {
        using var table = CsvReader.ReadFile(folder.Write("a.csv", "1,2,3"), new CsvShape { Label = false });

        table.Row(0).ToArray().ShouldBe([1, 2, 3]);
        table.Labels.Length.ShouldBe(0);
    }

    [Fact]
    public void Blank_lines_carriage_returns_and_a_byte_order_mark_do_not_matter()
    {
        var file = folder.Write("a.csv", "\uFEFF1,2,3\r\n\r\n  \n4, 5 ,\"6\"\r\n\n");
        using var table = CsvReader.ReadFile(file, new CsvShape());

        table.Labels.ToArray().ShouldBe([1, 4]);
        table.RowRange(0, 2).ToArray().ShouldBe([2, 3, 5, 6]);
    }

    [Fact]
    public void Empty_cells_and_nan_are_missing()
    {
        using var table = CsvReader.ReadFile(folder.Write("a.csv", "1,,nan,NaN,\n"), new CsvShape());

        table.Row(0).ToArray().ShouldBe([float.NaN, float.NaN, float.NaN, float.NaN]);
    }

    [Theory]
    [InlineData("0,1,2\n1,2,x\n", "channel train, b.csv, line 2, column 3: \"x\" is not a number")]
    [InlineData("0,1,2\n\n1,2\n", "channel train, b.csv, line 3: 2 columns, expected 3")]
    [InlineData("0,1,2\n1,2,3,4\n", "channel train, b.csv, line 2: 4 columns, expected 3")]
    [InlineData("0,1,2\n,2,3\n", "channel train, b.csv, line 2, column 1: the label is missing")]
    [InlineData("0,1,2\n1,1e99,3\n", "channel train, b.csv, line 2, column 2: \"1e99\" is not a number")]
    [InlineData("0,1,2\n1,inf,3\n", "channel train, b.csv, line 2, column 2: \"inf\" is not a number")]
    [InlineData("y,a,b\n1,1,3\n", "line 1, column 1: \"y\" is not a number (remove the header line, if this is one)")]
    [InlineData("5\n", "channel train, b.csv, line 1: 1 columns, expected 2")]
    [InlineData("", "channel train: it has no rows")]
    public void A_bad_row_is_named_with_its_place(string text, string message)
    {
        folder.Write("in/b.csv", text);

        var error = Should.Throw<InputException>(() =>
            CsvReader.ReadFolder(folder.At("in"), new CsvShape(), "channel train")
        );

        error.Message.ShouldContain(message);
    }

    [Fact]
    public void Files_of_a_folder_follow_each_other_by_name_and_the_bad_one_is_named()
    {
        folder.Write("in/b.csv", "3,4\n5,6");
        folder.Write("in/a.csv", "1,2");
        folder.Write("in/sub/c.csv", "7,8");
        folder.Write("in/.hidden", "x");
        using (var table = CsvReader.ReadFolder(folder.At("in"), new CsvShape(), "channel train"))
        {
            table.Labels.ToArray().ShouldBe([1, 3, 5, 7]);
        }

        folder.Write("in/sub/d.csv", "7,8,9");
        var error = Should.Throw<InputException>(() =>
            CsvReader.ReadFolder(folder.At("in"), new CsvShape(), "channel train")
        );

        error.Place.ShouldBe("channel train, sub/d.csv, line 1");
    }

    [Fact]
    public void Lines_longer_than_the_buffer_and_files_longer_than_it_are_read_whole()
    {
        var wide = string.Join(',', Enumerable.Range(0, 100_000).Select(i => $"{i}.5"));
        using (var table = CsvReader.ReadFile(folder.Write("wide.csv", $"{wide}\n{wide}\n"), new CsvShape()))
        {
            table.Columns.ShouldBe(99_999);
            table.Row(1)[99_998].ShouldBe(99_999.5f);
        }

        var (features, labels) = SampleData.Make(20_000);
        using var many = CsvReader.ReadFile(folder.Write("long.csv", SampleData.Csv(20_000)), new CsvShape());
        many.Labels.ToArray().ShouldBe(labels);
        many.RowRange(0, 20_000).ToArray().ShouldBe(features);
    }

    [Fact]
    public void Numbers_are_the_nearest_double_narrowed()
    {
        var random = Seeds.Random(7);
        for (var i = 0; i < 200_000; i++)
        {
            var text = Number(random, i);
            NumberText.TryParse(Encoding.UTF8.GetBytes(text), out var value).ShouldBeTrue(text);
            var expected = (float)double.Parse(text, CultureInfo.InvariantCulture);
            BitConverter.SingleToInt32Bits(value).ShouldBe(BitConverter.SingleToInt32Bits(expected), text);
        }
    }

    [Theory]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("1e")]
    [InlineData("1.2.3")]
    [InlineData("0x10")]
    [InlineData("1 2")]
    [InlineData("--1")]
    [InlineData("1,2")]
    public void What_only_looks_like_a_number_is_refused(string text) =>
        NumberText.TryParse(Encoding.UTF8.GetBytes(text), out _).ShouldBeFalse();

    public void Dispose() => folder.Dispose();

    private static string Number(Random random, int kind)
    {
        var uniform = random.NextDouble();
        var sign = kind % 3 == 0 ? "-" : "";
        return sign
            + (kind % 7) switch
            {
                0 => uniform.ToString("R", CultureInfo.InvariantCulture),
                1 => (uniform * 1000).ToString("F6", CultureInfo.InvariantCulture),
                2 => random.NextInt64().ToString(CultureInfo.InvariantCulture),
                3 => ((float)uniform).ToString("R", CultureInfo.InvariantCulture),
                4 => BitConverter
                    .Int32BitsToSingle(random.Next(0, 0x7f000000))
                    .ToString("E8", CultureInfo.InvariantCulture),
                // The middle between two floats, with all digits that fit.
                5 => (((double)(float)uniform) + Math.Pow(2, -26)).ToString("F19", CultureInfo.InvariantCulture)[..20],
                _ => random.Next(0, 17).ToString(CultureInfo.InvariantCulture),
            };
    }
}
