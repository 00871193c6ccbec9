using System.Globalization;

namespace Plumbline.Bench.Load;

/// <summary>Prints the line of a figure: ours, the peer's, the ratio, the bar and the result.</summary>
internal static class Verdict
{
    /// <summary>A bar that the ratio must not exceed.</summary>
    public static void AtMost(string work, string what, double ours, double peer, double bar) =>
        Print(work, what, ours, peer, ours / peer, "<=", bar, ours / peer / bar - 1);

    /// <summary>A bar that the ratio of peer to ours must reach.</summary>
    public static void AtLeast(string work, string what, double ours, double peer, double bar) =>
        Print(work, what, ours, peer, peer / ours, ">=", bar, bar / (peer / ours) - 1);

    /// <summary>A figure of ours with a limit of its own, without a peer.</summary>
    public static void Limit(string work, string what, double ours, double bar) =>
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{work, -10} ours {ours, 9:F1}  {what, -47}  bar <= {bar, 4}  {Word(ours / bar - 1)}"
            )
        );

    private static void Print(
        string work,
        string what,
        double ours,
        double peer,
        double ratio,
        string sign,
        double bar,
        double miss
    )
    {
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{work, -10} ours {ours, 9:F1}  peer {peer, 9:F1}  {what, -24} {ratio, 6:F2}  bar {sign} {bar, 4}  {Word(miss)}"
            )
        );
    }

    private static string Word(double miss) =>
        double.IsNaN(miss) ? "peer not installed"
        : miss <= 0 ? "holds"
        : string.Create(CultureInfo.InvariantCulture, $"missed by {miss:P0}");
}
