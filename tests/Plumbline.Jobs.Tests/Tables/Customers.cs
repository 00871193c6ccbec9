using System.Globalization;
using System.Text;
using Plumbline.Records.Project;
using Plumbline.Tables;

namespace Plumbline.Jobs.Tests.Tables;

/// <summary>
/// A table as people have it: names of cities, dates, gaps, yes and no. A customer's leaving depends on the city, on the
/// weekday of joining and on the age, so that no single number tells it.
/// </summary>
internal static class Customers
{
    public const string Header = "age,city,joined,member,left";

    private static readonly string[] Cities =
    [
        .. Enumerable.Range(0, 40).Select(i => i % 7 == 0 ? $"St. City, {i}" : $"city {i}"),
    ];

    public static ProjectDescription Project() =>
        ProjectDescription.Parse(
            """
            name: customers
            data:
              file: customers.csv
              label: left
              columns:
                age: number
                city: category
                joined: time
                member: boolean
            labels: [no, yes]
            training:
              hyperparameters: {max_depth: 5, eta: 0.2, nthread: 1}
            quality:
              slices: [city, age]
            """
        );

    public static string Csv(int rows, int seed = 3)
    {
        var random = new Random(seed);
        var csv = new StringBuilder(Header + "\n");
        for (var i = 0; i < rows; i++)
        {
            var age = random.Next(18, 90);
            var city = random.Next(Cities.Length);
            var joined = new DateTime(2020, 1, 1).AddHours(random.Next(40_000));
            var risk =
                (city * 7919 % 40 < 20 ? 1 : 0) + (joined.DayOfWeek is DayOfWeek.Monday or DayOfWeek.Friday ? 1 : 0);
            var left = risk + (age < 35 ? 1 : 0) >= 2;
            left = random.Next(20) == 0 ? !left : left;
            string[] cells =
            [
                random.Next(15) == 0 ? "NA" : age.ToString(CultureInfo.InvariantCulture),
                Cities[city],
                joined.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
                random.Next(10) == 0 ? ""
                : random.Next(2) == 0 ? "yes"
                : "no",
                left ? "yes" : "no",
            ];
            csv.Append(CsvCells.Join(cells)).Append('\n');
        }
        return csv.ToString();
    }
}
