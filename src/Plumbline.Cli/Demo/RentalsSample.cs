using System.Globalization;
using System.Text;

namespace Plumbline.Cli.Demo;

/// <summary>Bicycle rentals: fifteen months of a business that grows by more than half in its second year.</summary>
internal static class RentalsSample
{
    private const int MonthLength = 7;

    public static DemoSample Create() =>
        new MonthsSample
        {
            Name = Rentals.Sample,
            Title = "Bicycles rented in an hour",
            Files = new Dictionary<string, byte[]>
            {
                ["plumbline.yaml"] = Encoding.UTF8.GetBytes(Samples.Text(Rentals.Sample, "plumbline.yaml")),
                ["data.csv"] = Encoding.UTF8.GetBytes(Rentals.Load().Base),
                ["NOTICE"] = Encoding.UTF8.GetBytes(Samples.Text(Rentals.Sample, "NOTICE")),
            },
            BaseData = string.Create(
                CultureInfo.InvariantCulture,
                $"{Rentals.Load().Base.Count(letter => letter == '\n') - 1} hours"
            ),
            Months =
            [
                .. Rentals
                    .LaterDays()
                    .GroupBy(day => day.Date[..MonthLength])
                    .Select(month => new DemoMonth(
                        month.Key,
                        [.. month.Select(day => new DemoRequest(day.Date, day.Hours))],
                        Counts: month.Key.StartsWith("2012", StringComparison.Ordinal)
                    )),
            ],
            Counted = "2012",
            Bars = new Dictionary<string, double> { [MonthsStory.Ratio] = 0.68 },
        };
}
