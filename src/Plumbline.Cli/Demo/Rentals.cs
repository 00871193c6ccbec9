using System.IO.Compression;
using System.Reflection;
using System.Text;

namespace Plumbline.Cli.Demo;

/// <summary>
/// Two years of bicycle rentals in Washington, hour by hour (samples/rentals/NOTICE). The second year is another world.
/// </summary>
internal static class Rentals
{
    /// <summary>The name of the sample.</summary>
    public const string Sample = "rentals";

    /// <summary>The first hour that the first model must not know.</summary>
    private const string FirstServed = "2011-10-01";

    /// <summary>The hours before October 2011, which are the base data, and those after; both with the header line.</summary>
    public static (string Base, string Later) Load()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("samples/rentals/hours.csv.gz")!;
        using var reader = new StreamReader(new GZipStream(stream, CompressionMode.Decompress));
        var header = reader.ReadLine()!;
        var (before, later) = (new StringBuilder($"{header}\n"), new StringBuilder($"{header}\n"));
        while (reader.ReadLine() is { Length: > 0 } hour)
        {
            (string.CompareOrdinal(hour, FirstServed) < 0 ? before : later).Append(hour).Append('\n');
        }

        return (before.ToString(), later.ToString());
    }
}
