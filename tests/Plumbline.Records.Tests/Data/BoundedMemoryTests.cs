using System.Text;
using Plumbline.Records.Data;
using Plumbline.Records.Project;
using Plumbline.Testing;

namespace Plumbline.Records.Tests.Data;

/// <summary>A table of any length is prepared in the same memory, because a row allocates nothing.</summary>
public sealed class BoundedMemoryTests : IDisposable
{
    private const int Rows = 400_000;
    private const int ReportEvery = 100_000;
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("table.csv", "label,a,b\n", "{0},{1},{2}\n")]
    [InlineData("table.jsonl", "", "{{\"label\":\"{0}\",\"a\":{1},\"b\":{2}}}\n")]
    public void Each_row_of_a_table_is_read_checked_and_written_without_an_allocation(
        string name,
        string header,
        string row
    )
    {
        var format = CompositeFormat.Parse(row);
        using (var file = new StreamWriter(folder.At(name)))
        {
            file.Write(header);
            for (var i = 0; i < Rows; i++)
                file.Write(string.Format(null, format, i % 2 == 0 ? "cat" : "dog", i, i % 100));
        }
        var allocated = new List<long>();

        DataSetBuilder.Build(
            SampleRecords.Project(),
            BaseFiles.Open(folder.At(name)),
            [],
            [],
            folder.At("out"),
            SampleRecords.Time,
            progress: _ => allocated.Add(GC.GetAllocatedBytesForCurrentThread())
        );

        allocated.Count.ShouldBe(Rows / ReportEvery);
        // The first rows fill the readers' buffers.
        (allocated[^1] - allocated[1]).ShouldBeLessThan(64 * 1024);
    }
}
