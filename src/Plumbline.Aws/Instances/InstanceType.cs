namespace Plumbline.Aws.Instances;

/// <summary>The equipment and the price of one SageMaker instance type.</summary>
/// <param name="Name">AWS's name, such as <c>ml.p3.8xlarge</c>.</param>
/// <param name="Cpus">Virtual CPUs.</param>
/// <param name="Gpu">The GPU's model; null without GPU.</param>
/// <param name="GpuMemory">GB of each GPU.</param>
/// <param name="DollarsPerHour">US dollars on demand; null if the table has no price.</param>
public sealed record InstanceType(string Name, int Cpus, int Gpus, string? Gpu, int GpuMemory, decimal? DollarsPerHour)
{
    /// <summary>The family, such as <c>p3</c> of <c>ml.p3.8xlarge</c>.</summary>
    public string Family => Name.Split('.')[1];

    /// <summary>
    /// GB of main memory, from the family's GB per CPU; 4 GB per CPU for a family that the table does not have.
    /// </summary>
    public double Memory => InstanceMemory.Of(this);

    /// <summary>The GPUs in words: <c>4 x V100 with 16 GB</c>.</summary>
    public string GpuWords => Gpus == 0 ? "no GPU" : $"{Gpus} x {Gpu} with {GpuMemory} GB";
}
