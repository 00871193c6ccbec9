namespace Plumbline.Aws.Instances;

/// <summary>The main memory of instance types, from AWS's page https://aws.amazon.com/sagemaker/pricing/.</summary>
internal static class InstanceMemory
{
    private const double Usual = 4;

    /// <summary>GB per virtual CPU, by family.</summary>
    private static readonly Dictionary<string, double> PerCpu = new(StringComparer.Ordinal)
    {
        ["t2"] = 2,
        ["c4"] = 60d / 36,
        ["c5"] = 2,
        ["c5n"] = 96d / 36,
        ["r5"] = 8,
        ["p2"] = 61d / 4,
        ["p3"] = 61d / 8,
        ["p3dn"] = 8,
        ["p4d"] = 12,
        ["p4de"] = 12,
        ["p5"] = 2048d / 192,
        ["p5e"] = 2048d / 192,
        ["p5en"] = 2048d / 192,
        ["g6e"] = 8,
    };

    /// <summary>GB of the types that differ from their family.</summary>
    private static readonly Dictionary<string, double> Own = new(StringComparer.Ordinal)
    {
        ["ml.t3.medium"] = 4,
        ["ml.p2.16xlarge"] = 732,
        ["ml.p5.4xlarge"] = 256,
    };

    public static double Of(InstanceType type) =>
        Own.TryGetValue(type.Name, out var own)
            ? own
            : type.Cpus * PerCpu.GetValueOrDefault(type.Name.Split('.') is [_, var family, ..] ? family : "", Usual);
}
