using System.Globalization;

namespace Plumbline.Training;

/// <summary>
/// The checkpoints of a training: SageMaker stores them in S3 while the program runs, and a training that it started again
/// finds them. One file for each epoch, of which the newest is kept.
/// </summary>
/// <param name="folder">The folder of the checkpoints.</param>
public sealed class JobCheckpoints(string folder)
{
    private const string Extension = ".checkpoint";

    /// <summary>The number of finished epochs, and the content of the newest checkpoint; null if there is none.</summary>
    public (int Epochs, byte[] Content)? Newest() =>
        Written() is [.., var newest] ? (newest, File.ReadAllBytes(At(newest))) : null;

    /// <summary>Replaces the checkpoint. A reader never sees half of one.</summary>
    /// <param name="epochs">The number of finished epochs.</param>
    /// <param name="content">The state that the next epoch continues from.</param>
    public void Write(int epochs, ReadOnlySpan<byte> content)
    {
        Directory.CreateDirectory(folder);
        var unfinished = At(epochs) + ".tmp";
        using (var file = File.Create(unfinished))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        File.Move(unfinished, At(epochs), overwrite: true);
        foreach (var older in Written().Where(one => one < epochs))
        {
            File.Delete(At(older));
        }
    }

    private string At(int epochs) => Path.Combine(folder, epochs.ToString(CultureInfo.InvariantCulture) + Extension);

    private List<int> Written() =>
        Directory.Exists(folder)
            ?
            [
                .. Directory
                    .GetFiles(folder, $"*{Extension}")
                    .Select(file => int.TryParse(Path.GetFileNameWithoutExtension(file), out var epochs) ? epochs : -1)
                    .Where(epochs => epochs >= 0)
                    .Order(),
            ]
            : [];
}
