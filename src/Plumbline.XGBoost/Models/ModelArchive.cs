using System.Formats.Tar;
using System.IO.Compression;
using Plumbline.Tables;
using Plumbline.XGBoost.Inputs;
using Plumbline.XGBoost.Native;

namespace Plumbline.XGBoost.Models;

/// <summary>
/// A trained model as SageMaker stores it: <c>xgboost-model</c> and, from Plumbline's trainer,
/// <c>plumbline-model.json</c> and <c>plumbline-encoder.json</c>, in a <c>model.tar.gz</c> or unpacked in a folder. Archives are read in memory, so no
/// entry can write outside a folder.
/// </summary>
public sealed record ModelArchive
{
    /// <summary>The name of the booster's file, which is that of AWS's XGBoost container.</summary>
    public const string BoosterName = "xgboost-model";

    private const long LargestEntry = 1L << 30;
    private const long LargestArchive = 8L << 30;
    private const int MostEntries = 100_000;

    private ModelArchive(string place, byte[] booster, ModelDescription? description, TableEncoder? encoder)
    {
        Place = place;
        BoosterBytes = booster;
        Description = description;
        Encoder = encoder;
    }

    /// <summary>The model's file or folder, as messages name it.</summary>
    public string Place { get; }

    /// <summary>The booster's file content, in any <see cref="Formats.ModelFormat"/>.</summary>
    public ReadOnlyMemory<byte> BoosterBytes { get; }

    /// <summary>Null if the model was made by another trainer.</summary>
    public ModelDescription? Description { get; }

    /// <summary>Turns the cells of a row into features; null if the model takes numbers only.</summary>
    public TableEncoder? Encoder { get; }

    /// <summary>Reads a model from a tar.gz, or from a folder with <c>xgboost-model</c> or one tar.gz.</summary>
    /// <param name="place">The model's name in messages; by default the last part of the path.</param>
    /// <exception cref="InputException">The model is missing or damaged, or does not contain a booster.</exception>
    public static ModelArchive Read(string path, string? place = null)
    {
        place ??= Path.GetFileName(Path.TrimEndingDirectorySeparator(path));
        if (File.Exists(path))
        {
            using var file = File.OpenRead(path);
            return ReadTarGz(file, place);
        }
        if (File.Exists(Path.Combine(path, BoosterName)))
        {
            byte[]? Content(string name) =>
                File.Exists(Path.Combine(path, name)) ? File.ReadAllBytes(Path.Combine(path, name)) : null;
            return Make(
                place,
                Content(BoosterName)!,
                Content(ModelDescription.FileName),
                Content(TableEncoder.FileName)
            );
        }
        var archives = Directory.Exists(path) ? Directory.GetFiles(path, "*.tar.gz") : [];
        return archives.Length == 1
            ? Read(archives[0], $"{place}, {Path.GetFileName(archives[0])}")
            : throw new InputException(place, $"it must contain {BoosterName} or exactly one .tar.gz");
    }

    public static ModelArchive ReadTarGz(Stream stream, string place)
    {
        try
        {
            using var gzip = new GZipStream(stream, CompressionMode.Decompress, leaveOpen: true);
            return ReadTar(gzip, place);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException)
        {
            throw new InputException(place, "the archive is damaged: it is not a complete gzipped tar");
        }
    }

    /// <exception cref="InputException">libxgboost cannot load it.</exception>
    public Booster LoadBooster(int threads = 1)
    {
        try
        {
            return Booster.Load(BoosterBytes.Span, threads);
        }
        catch (XGBoostException e)
        {
            throw new InputException($"{Place}, {BoosterName}", e.Message);
        }
    }

    /// <summary>Writes a model into the folder that SageMaker will archive.</summary>
    public static void Write(
        string folder,
        ReadOnlySpan<byte> booster,
        ModelDescription? description = null,
        TableEncoder? encoder = null
    )
    {
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, BoosterName), booster);
        if (description is not null)
        {
            File.WriteAllBytes(Path.Combine(folder, ModelDescription.FileName), description.ToJson());
        }
        if (encoder is not null)
        {
            File.WriteAllBytes(Path.Combine(folder, TableEncoder.FileName), encoder.ToJson());
        }
    }

    private static ModelArchive ReadTar(Stream stream, string place)
    {
        using var bounded = new LimitedStream(stream, LargestArchive, place);
        using var tar = new TarReader(bounded, leaveOpen: true);
        byte[]? booster = null;
        byte[]? description = null;
        byte[]? encoder = null;
        var entries = 0;
        while (tar.GetNextEntry() is { } entry)
        {
            if (++entries > MostEntries)
            {
                throw new InputException(place, $"the archive has more than {MostEntries} entries");
            }
            var name = entry.Name.StartsWith("./", StringComparison.Ordinal) ? entry.Name[2..] : entry.Name;
            if (name == BoosterName)
            {
                booster = Content(entry, place);
            }
            else if (name == ModelDescription.FileName)
            {
                description = Content(entry, place);
            }
            else if (name == TableEncoder.FileName)
            {
                encoder = Content(entry, place);
            }
        }
        // The tar reader stops before the last bytes; gzip verifies its checksum only if they are read too.
        bounded.CopyTo(Stream.Null);
        return booster is null
            ? throw new InputException(place, $"the archive has no {BoosterName}")
            : Make(place, booster, description, encoder);
    }

    private static byte[] Content(TarEntry entry, string place)
    {
        if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile))
        {
            throw new InputException(place, $"{entry.Name} in the archive is not a plain file");
        }
        if (entry.Length > LargestEntry)
        {
            throw new InputException(place, $"{entry.Name} in the archive is larger than {LargestEntry} bytes");
        }
        var content = new byte[entry.Length];
        entry.DataStream?.ReadExactly(content);
        return content;
    }

    private static ModelArchive Make(string place, byte[] booster, byte[]? description, byte[]? encoder)
    {
        try
        {
            return new ModelArchive(
                place,
                booster,
                description is null
                    ? null
                    : ModelDescription.FromJson(description, $"{place}, {ModelDescription.FileName}"),
                encoder is null ? null : TableEncoder.Parse(encoder)
            );
        }
        catch (SchemaError e)
        {
            throw new InputException($"{place}, {TableEncoder.FileName}", e.Message);
        }
    }
}
