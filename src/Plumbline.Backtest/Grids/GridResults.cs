using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Plumbline.Backtest.Streams;
using Plumbline.Records;
using Plumbline.Records.Backtests;

namespace Plumbline.Backtest.Grids;

/// <summary>
/// A folder with one file for each setting that was played. So a grid that was stopped continues where it was; a changed
/// table, or another setting, has another name.
/// </summary>
/// <param name="folder">Created if it does not exist.</param>
/// <param name="replay">The rows, and the settings that all share.</param>
internal sealed class GridResults(string folder, Replay replay)
{
    // Another rule gives other results: then this number grows.
    private const int Rules = 1;
    private readonly string stream = Fingerprint(replay);

    /// <summary>The result of a setting; null if it was not played yet.</summary>
    public GridResult? Find(GridSetting setting)
    {
        var file = FileOf(setting);
        return File.Exists(file) ? RecordJson.Read<GridResult>(File.ReadAllText(file), file) : null;
    }

    /// <summary>Stores a result; a kill leaves either the whole file or nothing.</summary>
    public void Store(GridResult result)
    {
        Directory.CreateDirectory(folder);
        var file = FileOf(result.Setting);
        var part = $"{file}.{Environment.ProcessId}.part";
        File.WriteAllText(part, RecordJson.WriteDocument(result));
        File.Move(part, file, overwrite: true);
    }

    private string FileOf(GridSetting setting) =>
        Path.Combine(folder, Hash($"{Rules} {stream} {RecordJson.Write(setting)}")[..16] + ".json");

    private static string Fingerprint(Replay replay)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var rows = replay.Stream;
        hash.AppendData(MemoryMarshal.AsBytes(rows.Features(0, rows.Rows)));
        hash.AppendData(MemoryMarshal.AsBytes(Enumerable.Range(0, rows.Rows).Select(rows.Truth).ToArray().AsSpan()));
        hash.AppendData(
            Encoding.UTF8.GetBytes(
                FormattableString.Invariant(
                    $"{replay.Windows.Initial} {replay.Labels.Delay} {replay.Labels.Seed} {replay.Metric} {replay.Price} {replay.Every}"
                )
            )
        );
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
