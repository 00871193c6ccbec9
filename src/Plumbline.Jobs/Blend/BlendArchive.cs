using System.Formats.Tar;
using System.IO.Compression;
using Plumbline.Records.Recipes;
using Plumbline.XGBoost;
using Plumbline.XGBoost.Blends;
using Plumbline.XGBoost.Inputs;
using Plumbline.XGBoost.Models;
using Plumbline.XGBoost.Native;

namespace Plumbline.Jobs.Blend;

/// <summary>The merged model as a model.tar.gz.</summary>
internal static class BlendArchive
{
    private const UnixFileMode Readable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>The reason why a model cannot be merged with the new one; null if it can.</summary>
    public static string? Misfit(ModelArchive fresh, ModelArchive other)
    {
        if (!Bytes(fresh).AsSpan().SequenceEqual(Bytes(other)))
        {
            return "its encoder is another one, because it was fitted to other values";
        }
        try
        {
            using var one = fresh.LoadBooster();
            using var two = other.LoadBooster();
            using var both = BoosterBlend.Merge([new BlendPart("new", one, 1), new BlendPart("the model", two, 1)]);
            return null;
        }
        catch (Exception e) when (e is InputException or XGBoostException)
        {
            return e.Message;
        }
    }

    /// <summary>Merges the parts and writes the archive.</summary>
    /// <param name="path">The file to write.</param>
    /// <param name="parts">The parts; their models fit together.</param>
    /// <param name="archives">Their models, by recipe.</param>
    /// <param name="threads">The threads for loading.</param>
    public static void Write(
        string path,
        IReadOnlyList<BlendedPart> parts,
        Dictionary<string, ModelArchive> archives,
        int threads
    )
    {
        var first = archives[parts[0].Recipe];
        Booster[] boosters = [.. parts.Select(part => archives[part.Recipe].LoadBooster(threads))];
        try
        {
            using var merged = BoosterBlend.Merge(
                [.. parts.Zip(boosters, (part, booster) => new BlendPart(part.Recipe, booster, part.Weight))],
                threads
            );
            var description = (first.Description ?? new ModelDescription()) with
            {
                Rounds = merged.Rounds,
                ParentRounds = 0,
                Metrics = parts.ToDictionary(part => $"weight-{part.Recipe}", part => part.Weight),
            };
            using var file = File.Create(path);
            using var compressed = new GZipStream(file, CompressionLevel.Fastest);
            using var tar = new TarWriter(compressed, TarEntryFormat.Pax);
            Add(tar, ModelArchive.BoosterName, merged.Save());
            Add(tar, ModelDescription.FileName, description.ToJson());
            if (first.Encoder is { } encoder)
            {
                Add(tar, Tables.TableEncoder.FileName, encoder.ToJson());
            }
        }
        finally
        {
            Array.ForEach(boosters, booster => booster.Dispose());
        }
    }

    private static byte[] Bytes(ModelArchive archive) => archive.Encoder?.ToJson() ?? [];

    private static void Add(TarWriter tar, string name, byte[] content) =>
        tar.WriteEntry(
            new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content), Mode = Readable }
        );
}
