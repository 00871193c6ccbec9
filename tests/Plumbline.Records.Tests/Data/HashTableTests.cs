using Plumbline.Records.Data;
using Plumbline.Testing;

namespace Plumbline.Records.Tests.Data;

public sealed class HashTableTests
{
    [Fact]
    public void It_knows_what_a_dictionary_knows_while_it_grows_and_leaves_no_file()
    {
        using var folder = new TemporaryFolder();
        var random = Seeds.Random(7);
        using (var table = new HashTable(folder.At("table")))
        {
            var known = new Dictionary<UInt128, long>();
            var wrong = 0;
            for (var i = 0; i < 150_000; i++)
            {
                var key = HashTable.KeyOfText($"{random.Next(120_000)}");
                var isNew = known.TryAdd(key, i);
                wrong += table.TryAdd(key, i, out var number) == isNew && number == known[key] ? 0 : 1;
                if (i % 10 == 0)
                {
                    known[key] = 2 * i;
                    table.Set(key, 2 * i);
                }
            }
            wrong += known.Count(one => table.Of(one.Key) != one.Value);
            wrong.ShouldBe(0);
            known.Count.ShouldBeGreaterThan(80_000);
            table.Of(HashTable.KeyOfText("unknown")).ShouldBe(-1);
        }
        Directory.GetFiles(folder.At("table")).ShouldBeEmpty();
    }
}
