using System.Globalization;
using System.Text;

namespace Plumbline.Cli.Demo;

/// <summary>
/// A bank's customers, drawn with a fixed seed, and if they leave. At the launch complaints, competitors in some regions
/// and a student tariff that ended make them leave. Then the tariffs change: plus becomes dearer, flex is new, and other
/// people leave for other reasons.
/// </summary>
internal static class Customers
{
    /// <summary>The name of the sample.</summary>
    public const string Sample = "customers";

    private const int BaseRows = 6000;
    private const int LaterRows = 3000;
    private const int Seed = 20261130;

    private static readonly DateOnly Launch = new(2026, 1, 1);
    private static readonly string[] Regions =
    [
        "north",
        "harbour",
        "old town",
        "east",
        "west hill",
        "south",
        "airport",
        "lakeside",
        "mills",
        "valley",
        "forest",
        "islands",
    ];

    private static readonly string[] Jobs =
    [
        "employee",
        "worker",
        "self-employed",
        "public service",
        "retired",
        "student",
        "unemployed",
    ];

    private static readonly double[] JobShares = [0.30, 0.20, 0.12, 0.12, 0.10, 0.10, 0.06];
    private static readonly string[] Channels = ["branch", "app", "web", "phone"];
    private static readonly double[] ChannelShares = [0.30, 0.35, 0.20, 0.15];

    /// <summary>The columns; the label is the last.</summary>
    public const string Header =
        "age,region,job,tariff,channel,joined,last_contact,balance,products,card,monthly_fee,complaints,logins,left";

    /// <summary>The customers before the launch, and those after the change, as tables with a header line.</summary>
    public static (string Base, string Later) Load() => (Csv(Base()), Csv(Later(LaterRows, part: 0)));

    /// <summary>The project's base data.</summary>
    public static IReadOnlyList<DemoExample> Base() => Draw(BaseRows, isLater: false, Seed);

    /// <summary>Customers like the base data, others for each part.</summary>
    public static IReadOnlyList<DemoExample> Usual(int count, int part) =>
        Draw(count, isLater: false, Seed + 10 + part);

    /// <summary>Customers after the change, others for each part.</summary>
    public static IReadOnlyList<DemoExample> Later(int count, int part) => Draw(count, isLater: true, Seed + 20 + part);

    /// <summary>Customers as a table with a header line.</summary>
    public static string Csv(IEnumerable<DemoExample> customers) =>
        new StringBuilder(Header + "\n")
            .AppendJoin("", customers.Select(one => $"{one.Identity},{one.Truth}\n"))
            .ToString();

    private static DemoExample[] Draw(int count, bool isLater, int seed)
    {
        var chance = new Chance(seed);
        return [.. Enumerable.Range(0, count).Select(_ => One(chance, isLater))];
    }

    private static DemoExample One(Chance chance, bool isLater)
    {
        var age = (int)Math.Clamp(chance.Normal(44, 15), 18, 90);
        var region = Regions[Math.Min(chance.Failures(0.17), Regions.Length - 1)];
        var job = chance.Is(0.1) ? "" : chance.Of(Jobs, JobShares);
        var tariff =
            age < 30
                ? chance.Of(["student", "basic", "plus"], [0.5, 0.3, 0.2])
                : chance.Of(["basic", "plus", "premium"], [0.45, 0.4, 0.15]);
        if (isLater && tariff == "basic" && chance.Is(0.35))
        {
            tariff = "flex";
        }

        var channel = chance.Of(Channels, ChannelShares);
        var years = Math.Min(chance.Waiting(6), 30);
        var sinceContact = chance.Is(0.25) ? (int?)null : (int)chance.Waiting(120);
        var balance = chance.Is(0.08) ? (double?)null : Math.Exp(chance.Normal(7.6, 1.2));
        var products = 1 + chance.Successes(4, 0.3);
        var card = chance.Is(0.7);
        var complaints = chance.Arrivals(0.35);
        var logins = chance.Arrivals(
            channel switch
            {
                "app" => 14,
                "web" => 8,
                _ => 4,
            }
        );

        var urge = -3.7 + (1.6 * Math.Min(complaints, 3)) - (products >= 3 ? 1.4 : 0);
        urge += (logins < 4 ? 1.5 : 0) + (sinceContact is null ? 0.8 : 0);
        if (isLater)
        {
            urge += tariff == "plus" && (balance ?? 0) < 4000 ? 3.6 : 0;
            urge += tariff == "flex" && age < 45 ? 2.6 : 0;
            urge += (region is "old town" or "south" ? 1.6 : 0) - (channel == "branch" ? 0.8 : 0);
        }
        else
        {
            urge += tariff == "student" && age > 26 ? 2.4 : 0;
            urge += region is "harbour" or "west hill" or "airport" ? 1.6 : 0;
            urge += years < 1 ? 1.2 : 0;
        }

        var leaves = chance.Is(1 / (1 + Math.Exp(-1.5 * urge)));
        var today = isLater ? Launch.AddMonths(6) : Launch;
        var row = string.Create(
            CultureInfo.InvariantCulture,
            $"{age},{region},{job},{tariff},{channel},{Day(today, (int)(365 * years))},{Day(today, sinceContact)},{balance:0},{products},{(card ? "yes" : "no")},{Fee(tariff, isLater):0.00},{complaints},{logins}"
        );
        return DemoExample.Row(row, leaves ? "yes" : "no");
    }

    private static double Fee(string tariff, bool isLater) =>
        tariff switch
        {
            "plus" => isLater ? 9.9 : 4.9,
            "premium" => 14.9,
            "flex" => 2.9,
            _ => 0,
        };

    private static string Day(DateOnly today, int? ago) =>
        ago is { } days ? today.AddDays(-days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : "";
}
