using System.Globalization;
using System.Text;

namespace Plumbline.Tables.Tests;

public sealed class ColumnProfileTests
{
    [Theory]
    [InlineData("1,2.5,NA,-3e2", ColumnKind.Number)]
    [InlineData("0,1,1", ColumnKind.Number)]
    [InlineData("true,False,,TRUE", ColumnKind.Boolean)]
    [InlineData("yes,no,?", ColumnKind.Boolean)]
    [InlineData("2026-01-01,2026-02-03 04:05", ColumnKind.Time)]
    [InlineData("Bern,Basel,1", ColumnKind.Category)]
    [InlineData("this is a long text,and one more of them here", ColumnKind.Text)]
    [InlineData(",NA,null", ColumnKind.Number)]
    public void The_kind_follows_from_all_cells(string cells, ColumnKind kind)
    {
        Profile(cells.Split(',')).Kind.ShouldBe(kind);
    }

    [Fact]
    public void Counts_missing_values_ranges_and_the_most_frequent_values()
    {
        var profile = Profile(["3", "NA", "-1", "3", "", "2"]);
        profile.Rows.ShouldBe(6);
        profile.Missing.ShouldBe(2);
        profile.Smallest.ShouldBe(-1);
        profile.Largest.ShouldBe(3);
        profile.Different.ShouldBe(3);
        profile.Top(2).ShouldBe([("3", 2), ("-1", 1)]);
    }

    [Fact]
    public void A_column_with_another_value_in_each_row_looks_like_an_id()
    {
        Profile([.. Enumerable.Range(0, 50).Select(i => $"customer-{i}")]).LooksLikeId.ShouldBeTrue();
        Profile([.. Enumerable.Range(0, 50).Select(i => $"{i}")]).LooksLikeId.ShouldBeTrue();
        Profile([.. Enumerable.Range(0, 50).Select(i => (i / 7.0).ToString(CultureInfo.InvariantCulture))])
            .LooksLikeId.ShouldBeFalse();
        Profile([.. Enumerable.Range(0, 50).Select(i => $"{i % 9}")]).LooksLikeId.ShouldBeFalse();
    }

    private static ColumnProfile Profile(IReadOnlyList<string> cells)
    {
        var profile = new ColumnProfile("it");
        foreach (var cell in cells)
        {
            profile.Add(Encoding.UTF8.GetBytes(cell));
        }
        return profile;
    }
}
