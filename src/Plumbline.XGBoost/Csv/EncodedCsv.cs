using Plumbline.Tables;
using Plumbline.XGBoost.Inputs;

namespace Plumbline.XGBoost.Csv;

/// <summary>
/// Reads headerless CSV files whose first column is the label and whose other columns are those of a schema, with texts
/// as people write them. The first invalid row throws an <see cref="InputException"/> that names file and line.
/// </summary>
public static class EncodedCsv
{
    /// <summary>Returns the schema that lies in a channel's folder; null if the folder has numbers only.</summary>
    /// <param name="folder">The folder of the channel train.</param>
    /// <param name="place">The folder's name in messages.</param>
    public static TableSchema? SchemaOf(string folder, string place)
    {
        var path = Path.Combine(folder, TableSchema.FileName);
        try
        {
            return File.Exists(path) ? TableSchema.Parse(File.ReadAllBytes(path)) : null;
        }
        catch (SchemaError e)
        {
            throw new InputException($"{place}, {TableSchema.FileName}", e.Message);
        }
    }

    /// <summary>Fits an encoder on the files of a folder.</summary>
    /// <param name="parent">The encoder of the model that the training continues; null for a model from scratch.</param>
    public static TableEncoder Fit(
        TableSchema schema,
        TableEncoder? parent,
        string folder,
        string place,
        CancellationToken stop = default
    )
    {
        var fit = new EncoderFit(schema, parent);
        ReadFolder(
            folder,
            place,
            schema,
            (column, cell, _) =>
            {
                if (column >= 0)
                {
                    fit.Add(column, cell);
                }
            },
            () => { },
            stop
        );
        return fit.Finish();
    }

    /// <summary>Reads and encodes all files of a folder.</summary>
    /// <param name="shape">Says what labels are valid.</param>
    public static CsvTable Read(
        TableEncoder encoder,
        CsvShape shape,
        string folder,
        string place,
        CancellationToken stop = default
    )
    {
        var table = new CsvTable(shape with { Features = encoder.Features });
        try
        {
            var row = new float[1 + encoder.Features];
            ReadFolder(
                folder,
                place,
                encoder.Schema,
                (column, cell, where) =>
                {
                    if (column >= 0)
                    {
                        if (!encoder.TryEncode(column, cell, row.AsSpan(1)))
                        {
                            throw new InputException(where(), encoder.Wrong(column, cell));
                        }
                    }
                    else if (!CellText.TryNumber(cell, out row[0]))
                    {
                        throw new InputException(where(), "the label is not a number");
                    }
                    else if (shape.CheckLabel?.Invoke(row[0]) is { } wrong)
                    {
                        throw new InputException(where(), wrong);
                    }
                },
                () => table.Add(row),
                stop
            );
            return table.Rows > 0 ? table : throw new InputException(place, "it has no rows");
        }
        catch
        {
            table.Dispose();
            throw;
        }
    }

    private delegate void CellHandler(int column, ReadOnlySpan<byte> cell, Func<string> where);

    // Column -1 is the label.
    private static void ReadFolder(
        string folder,
        string place,
        TableSchema schema,
        CellHandler cells,
        Action endOfRow,
        CancellationToken stop
    )
    {
        foreach (var (path, name) in InputFiles.Of(folder, place))
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            var lines = new CsvLines(file);
            string Where() => $"{name}, line {lines.Number}";
            while (lines.TryNext(out var line))
            {
                stop.ThrowIfCancellationRequested();
                var row = new CsvRow(line);
                var column = -1;
                while (row.TryNext(out var cell))
                {
                    if (column < schema.Columns.Count)
                    {
                        cells(column, cell, Where);
                    }
                    column++;
                }
                if (column != schema.Columns.Count)
                {
                    throw new InputException(Where(), $"{column + 1} columns, expected {schema.Columns.Count + 1}");
                }
                endOfRow();
            }
        }
    }
}
