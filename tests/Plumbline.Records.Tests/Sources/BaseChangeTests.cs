using Plumbline.Records.Project;
using Plumbline.Records.Sources;

namespace Plumbline.Records.Tests.Sources;

public sealed class BaseChangeTests
{
    [Fact]
    public void New_replaced_and_missing_objects_are_counted_in_one_pass_and_the_first_of_each_is_named()
    {
        var change = BaseChange.Between(
            "v",
            [Of("a"), Of("c"), Of("d"), Of("e")],
            [Of("b"), Of("c", "2"), Of("e"), Of("f"), Of("g")]
        );
        change.IsGrowth.ShouldBeFalse();
        change
            .Sentence()
            .ShouldBe(
                "Since data set v, 3 objects are new (the first is b), 1 object was replaced (c), 2 objects are gone (the first is a) in the base data."
            );
        BaseChange.Between("v", [Of("a")], [Of("a")]).IsEmpty.ShouldBeTrue();
        BaseChange.Between("v", [], [Of("a")]).IsGrowth.ShouldBeTrue();
    }

    [Fact]
    public void Objects_are_compared_in_the_order_in_which_S3_lists_them()
    {
        // U+FF21 comes before U+1F600 in UTF-8, and after its first half in UTF-16.
        string[] keys = ["a", "a-", "a/b", "b", "Ａ", "😀"];
        keys.Order(Comparer<string>.Create((one, other) => SourceObject.ByUri(Of(one), Of(other)))).ShouldBe(keys);
    }

    private static SourceObject Of(string uri, string etag = "1") => new(uri, SourceFormat.Folders, 1, etag);
}
