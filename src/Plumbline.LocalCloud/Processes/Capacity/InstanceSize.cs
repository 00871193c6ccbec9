using System.Globalization;
using System.Text.RegularExpressions;
using Plumbline.Aws.Instances;

namespace Plumbline.LocalCloud.Processes.Capacity;

/// <summary>The size of a job's instance: a job with an unknown instance type is not refused.</summary>
internal static partial class InstanceSize
{
    private const int LargeCpus = 2;
    private const int ExtraLargeCpus = 4;

    /// <summary>
    /// Returns an instance type by its name; an unknown one gets the CPUs that its size suggests, and no GPU.
    /// </summary>
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
