using System.Globalization;
using System.Text.RegularExpressions;
using Plumbline.Aws.Instances;

namespace Plumbline.LocalCloud.Processes.Capacity;

/// <summary>The size of a job's instance here: a job is not refused for an instance type that no table has.</summary>
internal static partial class InstanceSize
{
    private const int LargeCpus = 2;
    private const int ExtraLargeCpus = 4;

    /// <summary>An instance type by its name; one that is not in the table has what its size says, and no GPU.</summary>
    public static InstanceType Of(string name) =>
        InstanceTypes.Find(name)
        ?? new InstanceType(name, CpusOfSize(name[(name.LastIndexOf('.') + 1)..]), Gpus: 0, null, GpuMemory: 0, null);

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

    [GeneratedRegex("^([0-9]*)xlarge$")]
    private static partial Regex ManyTimes();
}
