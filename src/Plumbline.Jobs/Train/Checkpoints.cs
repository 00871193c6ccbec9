using System.Globalization;
using Plumbline.XGBoost;

namespace Plumbline.Jobs.Train;

/// <summary>
/// The model after some rounds, as files <c>xgboost-checkpoint.ROUNDS</c>, so that a job that was interrupted goes on.
/// The newest two are kept: one of them is whole whatever happened to the other.
/// </summary>
internal sealed class Checkpoints(string folder)
{
    private const string Name = "xgboost-checkpoint.";
    private const int Kept = 2;

    /// <summary>True where the job was given a place for checkpoints.</summary>
    public bool Wanted => Directory.Exists(folder);

    /// <summary>The newest model that can be loaded, or null.</summary>
    public Booster? Newest(int threads, TextWriter output)
    {
        foreach (var (path, rounds) in Files())
        {
            try
            {
                var booster = Booster.Load(File.ReadAllBytes(path), threads);
                if (booster.Rounds == rounds)
                {
                    return booster;
                }
                booster.Dispose();
                output.WriteLine($"checkpoint {Path.GetFileName(path)} has another number of rounds, not used");
            }
            catch (XGBoostException e)
            {
                output.WriteLine($"checkpoint {Path.GetFileName(path)} not used: {e.Message}");
            }
        }
        return null;
    }

    /// <summary>Writes the model where that is possible, and says which file it is, to go after a sentence.</summary>
    public string TryWrite(Booster booster, TextWriter output)
    {
        try
        {
            return booster.Rounds > 0 ? $"; the checkpoint {Write(booster)} has them" : "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            output.WriteLine($"no checkpoint was written: {e.Message}");
            return "";
        }
    }

    /// <summary>Writes the model; it is whole on disk, under its name, when this returns.</summary>
    public string Write(Booster booster)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, Name + booster.Rounds.ToString(CultureInfo.InvariantCulture));
        var temporary = Path.Combine(folder, ".writing");
        using (var file = File.Create(temporary))
        {
            file.Write(booster.Save());
            file.Flush(flushToDisk: true);
        }
        File.Move(temporary, path, overwrite: true);
        foreach (var (old, _) in Files().Skip(Kept))
        {
            File.Delete(old);
        }
        return Path.GetFileName(path);
    }

    private List<(string Path, int Rounds)> Files() =>
        !Wanted
            ? []
            :
            [
                .. Directory
                    .EnumerateFiles(folder, Name + "*")
                    .Select(path =>
                        (
                            path,
                            int.TryParse(Path.GetFileName(path)[Name.Length..], CultureInfo.InvariantCulture, out var n)
                                ? n
                                : -1
                        )
                    )
                    .Where(file => file.Item2 > 0)
                    .OrderByDescending(file => file.Item2),
            ];
}
