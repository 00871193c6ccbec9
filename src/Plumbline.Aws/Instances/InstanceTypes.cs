namespace Plumbline.Aws.Instances;

/// <summary>
/// The table of instance types. Prices are US dollars an hour on demand in us-east-1, the same for training, processing
/// and real-time inference. They come from public copies of AWS's price list
/// (https://aws.amazon.com/sagemaker/pricing/), read on <see cref="PricesOf"/>. A type has no price if copies disagree
/// or AWS has changed the price (p4d, p5).
/// </summary>
public static class InstanceTypes
{
    /// <summary>The day on which the prices were read.</summary>
    public static readonly DateOnly PricesOf = new(2026, 11, 26);

    public static IReadOnlyDictionary<string, InstanceType> Known { get; } =
        new[]
        {
            Cpu("ml.t2.medium", 2),
            Cpu("ml.t3.medium", 2, 0.05m),
            Cpu("ml.t3.large", 2, 0.10m),
            Cpu("ml.t3.xlarge", 4, 0.20m),
            Cpu("ml.t3.2xlarge", 8, 0.399m),
            Cpu("ml.m4.16xlarge", 64),
            Cpu("ml.m5.large", 2, 0.115m),
            Cpu("ml.m5.xlarge", 4, 0.23m),
            Cpu("ml.m5.2xlarge", 8, 0.461m),
            Cpu("ml.m5.4xlarge", 16, 0.922m),
            Cpu("ml.m5.12xlarge", 48, 2.765m),
            Cpu("ml.m5.24xlarge", 96, 5.53m),
            Cpu("ml.c4.8xlarge", 36),
            Cpu("ml.c5.large", 2, 0.102m),
            Cpu("ml.c5.xlarge", 4, 0.204m),
            Cpu("ml.c5.2xlarge", 8, 0.408m),
            Cpu("ml.c5.4xlarge", 16, 0.816m),
            Cpu("ml.c5.9xlarge", 36, 1.836m),
            Cpu("ml.c5.18xlarge", 72, 3.672m),
            Cpu("ml.c5n.9xlarge", 36),
            Cpu("ml.c5n.18xlarge", 72),
            Cpu("ml.r5.large", 2, 0.151m),
            Cpu("ml.r5.xlarge", 4, 0.302m),
            Cpu("ml.r5.2xlarge", 8, 0.605m),
            Cpu("ml.r5.4xlarge", 16, 1.21m),
            Cpu("ml.r5.8xlarge", 32, 2.419m),
            Cpu("ml.r5.16xlarge", 64, 4.838m),
            Gpu("ml.p2.xlarge", 4, 1, "K80", 12),
            Gpu("ml.p2.8xlarge", 32, 8, "K80", 12),
            Gpu("ml.p2.16xlarge", 64, 16, "K80", 12),
            Gpu("ml.p3.2xlarge", 8, 1, "V100", 16, 3.825m),
            Gpu("ml.p3.8xlarge", 32, 4, "V100", 16, 14.688m),
            Gpu("ml.p3.16xlarge", 64, 8, "V100", 16, 28.152m),
            Gpu("ml.p3dn.24xlarge", 96, 8, "V100", 32, 35.894m),
            Gpu("ml.p4d.24xlarge", 96, 8, "A100", 40),
            Gpu("ml.p4de.24xlarge", 96, 8, "A100", 80),
            Gpu("ml.p5.4xlarge", 16, 1, "H100", 80),
            Gpu("ml.p5.48xlarge", 192, 8, "H100", 80),
            Gpu("ml.p5e.48xlarge", 192, 8, "H200", 141),
            Gpu("ml.p5en.48xlarge", 192, 8, "H200", 141),
            Gpu("ml.g4dn.xlarge", 4, 1, "T4", 16, 0.7364m),
            Gpu("ml.g4dn.2xlarge", 8, 1, "T4", 16, 0.94m),
            Gpu("ml.g4dn.4xlarge", 16, 1, "T4", 16, 1.505m),
            Gpu("ml.g4dn.8xlarge", 32, 1, "T4", 16, 2.72m),
            Gpu("ml.g4dn.12xlarge", 48, 4, "T4", 16, 4.89m),
            Gpu("ml.g4dn.16xlarge", 64, 1, "T4", 16, 5.44m),
            Gpu("ml.g5.xlarge", 4, 1, "A10G", 24, 1.408m),
            Gpu("ml.g5.2xlarge", 8, 1, "A10G", 24, 1.515m),
            Gpu("ml.g5.4xlarge", 16, 1, "A10G", 24, 2.03m),
            Gpu("ml.g5.8xlarge", 32, 1, "A10G", 24, 3.06m),
            Gpu("ml.g5.12xlarge", 48, 4, "A10G", 24, 7.09m),
            Gpu("ml.g5.16xlarge", 64, 1, "A10G", 24, 5.12m),
            Gpu("ml.g5.24xlarge", 96, 4, "A10G", 24, 10.18m),
            Gpu("ml.g5.48xlarge", 192, 8, "A10G", 24, 20.36m),
            Gpu("ml.g6.xlarge", 4, 1, "L4", 24, 1.1267m),
            Gpu("ml.g6.2xlarge", 8, 1, "L4", 24, 1.222m),
            Gpu("ml.g6.4xlarge", 16, 1, "L4", 24, 1.654m),
            Gpu("ml.g6.8xlarge", 32, 1, "L4", 24, 2.518m),
            Gpu("ml.g6.12xlarge", 48, 4, "L4", 24, 5.752m),
            Gpu("ml.g6.16xlarge", 64, 1, "L4", 24, 4.246m),
            Gpu("ml.g6.24xlarge", 96, 4, "L4", 24, 8.344m),
            Gpu("ml.g6.48xlarge", 192, 8, "L4", 24, 16.688m),
            Gpu("ml.g6e.xlarge", 4, 1, "L40S", 48),
            Gpu("ml.g6e.2xlarge", 8, 1, "L40S", 48),
            Gpu("ml.g6e.4xlarge", 16, 1, "L40S", 48),
            Gpu("ml.g6e.8xlarge", 32, 1, "L40S", 48),
            Gpu("ml.g6e.12xlarge", 48, 4, "L40S", 48),
            Gpu("ml.g6e.16xlarge", 64, 1, "L40S", 48),
            Gpu("ml.g6e.24xlarge", 96, 4, "L40S", 48),
            Gpu("ml.g6e.48xlarge", 192, 8, "L40S", 48),
        }.ToDictionary(type => type.Name, StringComparer.Ordinal);

    /// <summary>Returns a type by its name, or null if the table does not have it.</summary>
    public static InstanceType? Find(string name) => Known.GetValueOrDefault(name);

    private static InstanceType Cpu(string name, int cpus, decimal? price = null) => new(name, cpus, 0, null, 0, price);

    private static InstanceType Gpu(string name, int cpus, int gpus, string gpu, int memory, decimal? price = null) =>
        new(name, cpus, gpus, gpu, memory, price);
}
