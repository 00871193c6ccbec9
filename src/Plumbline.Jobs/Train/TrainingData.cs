using Plumbline.Tables;
using Plumbline.XGBoost;
using Plumbline.XGBoost.Csv;
using Plumbline.XGBoost.Inputs;
using Plumbline.XGBoost.Models;
using Plumbline.XGBoost.Sparse;

namespace Plumbline.Jobs.Train;

/// <summary>The train matrix and the optional validation matrix of a training.</summary>
internal sealed class TrainingData : IDisposable
{
    private TrainingData(DMatrix train, DMatrix? validation, TableEncoder? encoder)
    {
        Encoder = encoder;
        Train = train;
        Validation = validation;
        Sets = validation is null ? [("train", train)] : [("train", train), ("validation", validation)];
    }

    public DMatrix Train { get; }

    public DMatrix? Validation { get; }

    /// <summary>The encoder that made the features from texts; null for channels of numbers.</summary>
    public TableEncoder? Encoder { get; }

    /// <summary>The rows that each round is evaluated on.</summary>
    public IReadOnlyList<(string Name, DMatrix Matrix)> Sets { get; }

    /// <exception cref="InputException">
    /// A row is invalid, or validation has another number of features than train.
    /// </exception>
    public static TrainingData Read(
        Channels channels,
        Hyperparameters hyperparameters,
        ModelArchive? parent,
        CancellationToken stop
    )
    {
        var shape = new CsvShape
        {
            Weight = hyperparameters.CsvWeights,
            CheckLabel = LabelRule.For(hyperparameters.Objective, hyperparameters.Classes),
        };
        if (hyperparameters.Image is null && channels.Schema is { } schema)
        {
            return Read(channels, schema, parent?.Encoder, shape, hyperparameters.Threads, stop);
        }
        var train = Read(channels, "train", shape, hyperparameters.Threads, stop)!;
        try
        {
            // With a fixed width, the error about a validation row of another width names its line.
            var same = shape with
            {
                Features = train.Columns,
            };
            var validation = Read(channels, "validation", same, hyperparameters.Threads, stop);
            return new TrainingData(train, validation, encoder: null);
        }
        catch
        {
            train.Dispose();
            throw;
        }
    }

    private static TrainingData Read(
        Channels channels,
        TableSchema schema,
        TableEncoder? parent,
        CsvShape shape,
        int threads,
        CancellationToken stop
    )
    {
        if (shape.Weight)
        {
            throw new InputException("hyperparameter csv_weights", $"does not go with {TableSchema.FileName}");
        }
        // The models of a blend need one encoder: a refresh takes that of the blend's other parts, to which a category that
        // came since is an unknown one.
        var encoder = channels.Folder("encoder") is { } folder
            ? ModelArchive.Read(folder, "channel encoder").Encoder
                ?? throw new InputException("channel encoder", "its model has no encoder")
            : EncodedCsv.Fit(schema, parent, channels.Folder("train")!, "channel train", stop);
        var train = Matrix("train")!;
        try
        {
            return new TrainingData(train, Matrix("validation"), encoder);
        }
        catch
        {
            train.Dispose();
            throw;
        }

        DMatrix? Matrix(string name)
        {
            if (channels.Folder(name) is not { } folder)
            {
                return null;
            }
            using var table = EncodedCsv.Read(encoder, shape, folder, $"channel {name}", stop);
            var matrix = name == "train" ? Weighted(channels, table, threads) : DMatrix.FromTable(table, threads);
            matrix.SetCategories(encoder.IsCategory);
            return matrix;
        }
    }

    /// <summary>The rows to train on; those to which the channel weights gives 0 are left out.</summary>
    private static DMatrix Weighted(Channels channels, CsvTable table, int threads) =>
        channels.Folder("weights") is { } folder
            ? DMatrix.FromTable(table, RowWeights.Read(folder, table.Rows), threads)
            : DMatrix.FromTable(table, threads);

    public void Dispose()
    {
        Train.Dispose();
        Validation?.Dispose();
    }

    private static DMatrix? Read(Channels channels, string name, CsvShape shape, int threads, CancellationToken stop)
    {
        if (channels.Folder(name) is not { } folder)
        {
            return null;
        }
        if (channels.Format == DataFormat.LibSvm)
        {
            var rows = LibSvmReader.ReadFolder(folder, shape.CheckLabel!, $"channel {name}", stop);
            return rows.Columns > shape.Features && shape.Features > 0
                ? throw new InputException(
                    $"channel {name}",
                    $"it has feature {rows.Columns - 1}, but the channel train has only 0 to {shape.Features - 1}"
                )
                : DMatrix.FromSparse(rows, shape.Features, threads);
        }
        using var table = CsvReader.ReadFolder(folder, shape, $"channel {name}", stop);
        return name == "train" ? Weighted(channels, table, threads) : DMatrix.FromTable(table, threads);
    }
}
