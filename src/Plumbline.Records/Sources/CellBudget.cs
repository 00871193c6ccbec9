namespace Plumbline.Records.Sources;

/// <summary>The memory that the cells of one row group may take; the rest of them waits in temporary files.</summary>
internal sealed class CellBudget
{
    private long left = 64 * 1024 * 1024;

    /// <summary>A place for the cells of one column, of about this many bytes.</summary>
    public Stream NewPlace(long bytes)
    {
        if (bytes <= left)
        {
            left -= bytes;
            return new MemoryStream((int)bytes);
        }
        return new FileStream(
            Path.Combine(Path.GetTempPath(), $"plumbline-cells-{Guid.NewGuid():N}"),
            FileMode.CreateNew,
            FileAccess.ReadWrite,
            FileShare.None,
            bufferSize: 64 * 1024,
            FileOptions.DeleteOnClose
        );
    }
}
