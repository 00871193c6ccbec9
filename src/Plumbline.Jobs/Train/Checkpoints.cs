using System.Globalization;
using Plumbline.XGBoost;
using Plumbline.XGBoost.Native;

namespace Plumbline.Jobs.Train;

/// <summary>
/// Saves the model after some rounds as <c>xgboost-checkpoint.ROUNDS</c>, so that an interrupted job can continue.
/// The newest two are kept: if one is damaged, the other is still complete.
/// </summary>
internal sealed class Checkpoints(string folder)
{
    private const string Name = "xgboost-checkpoint.";
    private const int Kept = 2;

    /// <summary>True if the job has a folder for checkpoints.</summary>
    public bool Wanted => Directory.Exists(folder);

    /// <summary>Returns the newest model that can be loaded, or null.</summary>
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
                output.WriteLine($"checkpoint {Path.GetFileName(path)} is not used: it has {booster.Rounds} rounds");
            }
            catch (XGBoostException e)
            {
                output.WriteLine($"checkpoint {Path.GetFileName(path)} is not used: {e.Message}");
            }
        }
        return null;
    }

    /// <summary>Writes the model if possible. Returns an end for a sentence that names the file, or "".</summary>
    public string TryWrite(Booster booster, TextWriter output)
    {
        try
        {
            return booster.Rounds > 0 ? $"; the checkpoint {Write(booster)} has these rounds" : "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            output.WriteLine($"no checkpoint was written: {e.Message}");
            return "";
        }
    }

    /// <summary>Writes the model. When this returns, the complete file is on disk under its name.</summary>
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
