using Plumbline.Records.Project;

namespace Plumbline.Records.Sources;

/// <summary>The rows of one file, whatever its format: cells of UTF-8 text, where an empty one is a missing value.</summary>
/// <param name="name">The file's name in messages.</param>
internal abstract class FileRows(string name) : IDisposable
{
    /// <summary>The names of the columns, in the order of the file.</summary>
    public abstract IReadOnlyList<string> Columns { get; }

    /// <summary>The number of cells in the current row; only in a CSV may it differ from the number of columns.</summary>
    public virtual int Cells => Columns.Count;

    /// <summary>The place of the current row in messages.</summary>
    public abstract string Place { get; }

    /// <summary>The file's name in messages.</summary>
    protected string Name { get; } = name;

    /// <summary>Opens a file and reads the names of its columns.</summary>
    /// <exception cref="UserError">The content is not of the file's format.</exception>
    public static FileRows Open(BaseFile file)
    {
        var content = file.Open();
        try
        {
            return file.Format switch
            {
                SourceFormat.Jsonl => new JsonRows(file.Name, content),
                SourceFormat.Parquet => new ParquetRows(file.Name, content, file.Scratch),
                _ => new CsvRows(file.Name, content),
            };
        }
        catch
        {
            content.Dispose();
            throw;
        }
    }

    /// <returns>False after the last row.</returns>
    /// <exception cref="UserError">The row cannot be read; the message has its place.</exception>
    public abstract bool Read();

    /// <summary>A cell of the current row, valid until the next row.</summary>
    public abstract ReadOnlySpan<byte> Cell(int column);

    /// <summary>False for a column whose values cannot be cells, such as lists.</summary>
    public virtual bool HasCells(int column) => true;

    public abstract void Dispose();
}
