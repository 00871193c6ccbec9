using System.Globalization;

namespace Plumbline.LocalCloud;

/// <summary>The limit of open files that the process was given (<c>ulimit -n</c>), and its share for connections.</summary>
internal static class OpenFiles
{
    // For libraries, the database and the pipes of programs.
    private const int OwnFiles = 256;
    private const int Fewest = 32;
    private const int Most = 20_000;

    /// <summary>
    /// The maximum number of connections: each may need a second file, of an object or to a model server.
    /// </summary>
    public static int Connections => ConnectionsOf(Limit(File.ReadAllText("/proc/self/limits")));

    /// <summary>The number of connections for a limit of open files.</summary>
    public static int ConnectionsOf(long limit) => (int)Math.Clamp((limit - OwnFiles) / 2, Fewest, Most);

    /// <summary>The hard limit, to which this process may raise its own.</summary>
    public static long Highest => Limit(File.ReadAllText("/proc/self/limits"), hard: true);

    /// <summary>Reads the limit from Linux's text; unlimited is the largest number.</summary>
    /// <param name="limits">The text of <c>/proc/PID/limits</c>.</param>
    /// <param name="hard">True for the hard limit, which only root may raise.</param>
    public static long Limit(string limits, bool hard = false)
    {
        const string line = "Max open files";
        var fields = limits
            .Split('\n')
            .First(text => text.StartsWith(line, StringComparison.Ordinal))[line.Length..]
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return long.TryParse(fields[hard ? 1 : 0], CultureInfo.InvariantCulture, out var limit) ? limit : long.MaxValue;
    }
}
