using System.Globalization;
using System.Text.RegularExpressions;

namespace Plumbline.LocalCloud.Processes.Capacity;

/// <summary>What a SageMaker instance type has.</summary>
/// <param name="Cpus">Virtual CPUs.</param>
/// <param name="Gpus">GPUs.</param>
public sealed partial record InstanceType(int Cpus, int Gpus)
{
    private const int LargeCpus = 2;
    private const int ExtraLargeCpus = 4;

    private static readonly Dictionary<string, InstanceType> Accelerated = Read();

    /// <summary>An instance type by its name; one that is not in the table has what its size says, and no GPU.</summary>
    public static InstanceType Named(string name) =>
        Accelerated.GetValueOrDefault(name) ?? new InstanceType(CpusOfSize(name[(name.LastIndexOf('.') + 1)..]), 0);

    private static int CpusOfSize(string size) =>
        size switch
        {
            "medium" or "large" => LargeCpus,
            _ when ManyTimes().Match(size) is { Success: true } match => ExtraLargeCpus
                * int.Parse("0" + match.Groups[1].Value, CultureInfo.InvariantCulture)
                is var cpus
                    and > 0
                ? cpus
                : ExtraLargeCpus,
            _ => ExtraLargeCpus,
        };

    private static Dictionary<string, InstanceType> Read()
    {
        var rows = EmbeddedText.Read("Capacity.instance-types.csv").Split('\n');
        return rows.Skip(1)
            .Where(row => row.Length > 0)
            .Select(row => row.Split(','))
            .ToDictionary(
                cells => cells[0],
                cells => new InstanceType(
                    int.Parse(cells[1], CultureInfo.InvariantCulture),
                    int.Parse(cells[2], CultureInfo.InvariantCulture)
                )
            );
    }

    [GeneratedRegex("^([0-9]*)xlarge$")]
    private static partial Regex ManyTimes();
}
