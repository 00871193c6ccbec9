namespace Plumbline.Records.Sources;

/// <summary>The memory that the cells of one row group may take; the rest of them waits in temporary files.</summary>
/// <param name="scratch">The folder of these files.</param>
/// <param name="memory">The memory in bytes.</param>
internal sealed class CellBudget(string scratch, long memory = 64 * 1024 * 1024)
{
    private long left = memory;

    /// <summary>A place for the cells of one column, of about this many bytes.</summary>
    public Stream NewPlace(long bytes)
    {
        if (bytes <= left)
        {
            left -= bytes;
            return new MemoryStream((int)bytes);
        }
        return new FileStream(
            Path.Combine(scratch, $"plumbline-cells-{Guid.NewGuid():N}"),
            FileMode.CreateNew,
            FileAccess.ReadWrite,
            FileShare.None,
            bufferSize: 64 * 1024,
            FileOptions.DeleteOnClose
        );
    }
}
