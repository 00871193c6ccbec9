namespace Plumbline.Aws.Instances;

/// <summary>The equipment and the price of one of SageMaker's instance types.</summary>
/// <param name="Name">AWS's name, such as <c>ml.p3.8xlarge</c>.</param>
/// <param name="Cpus">Virtual CPUs.</param>
/// <param name="Gpus">GPUs.</param>
/// <param name="Gpu">The GPU's model; null without GPU.</param>
/// <param name="GpuMemory">GB of each GPU.</param>
/// <param name="DollarsPerHour">On demand; null where the price is not known here.</param>
public sealed record InstanceType(string Name, int Cpus, int Gpus, string? Gpu, int GpuMemory, decimal? DollarsPerHour)
{
    /// <summary>The family, such as <c>p3</c> of <c>ml.p3.8xlarge</c>.</summary>
    public string Family => Name.Split('.')[1];

    /// <summary>GB of main memory: what the family has for each CPU, and 4 GB a CPU where the table does not know it.</summary>
    public double Memory => InstanceMemory.Of(this);

    /// <summary>The GPUs as people say them: <c>4 x V100 with 16 GB</c>.</summary>
    public string GpuWords => Gpus == 0 ? "no GPU" : $"{Gpus} x {Gpu} with {GpuMemory} GB";
}
