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
        var (header, hours) = Read();
        return (Csv(header, hours.Where(hour => !IsLater(hour))), Csv(header, hours.Where(IsLater)));
    }

    /// <summary>The hours after the base data as a service asks for them: each request has the hours of one day.</summary>
    /// <returns>The days by their date, such as <c>2011-10-01</c>, in the order of time.</returns>
    public static IReadOnlyList<(string Date, IReadOnlyList<DemoExample> Hours)> LaterDays()
    {
        const int dateLength = 10;
        return
        [
            .. Read()
                .Hours.Where(IsLater)
                .GroupBy(hour => hour[..dateLength])
                .Select(day => (day.Key, (IReadOnlyList<DemoExample>)[.. day.Select(Example)])),
        ];
    }

    private static DemoExample Example(string hour)
    {
        var truth = hour.LastIndexOf(',');
        return DemoExample.Row(hour[..truth], hour[(truth + 1)..]);
    }

    private static bool IsLater(string hour) => string.CompareOrdinal(hour, FirstServed) >= 0;

    private static string Csv(string header, IEnumerable<string> hours) =>
        new StringBuilder($"{header}\n").AppendJoin("", hours.Select(hour => $"{hour}\n")).ToString();

    private static (string Header, IReadOnlyList<string> Hours) Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("samples/rentals/hours.csv.gz")!;
        using var reader = new StreamReader(new GZipStream(stream, CompressionMode.Decompress));
        var header = reader.ReadLine()!;
        var hours = new List<string>();
        while (reader.ReadLine() is { Length: > 0 } hour)
        {
            hours.Add(hour);
        }

        return (header, hours);
    }
}
