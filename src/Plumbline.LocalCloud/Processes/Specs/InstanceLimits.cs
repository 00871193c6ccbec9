using Plumbline.Aws.Instances;

namespace Plumbline.LocalCloud.Processes.Specs;

/// <summary>The limits of a program: as much as its instance has, but never all of this machine.</summary>
internal static class InstanceLimits
{
    private const long Gigabyte = 1024L * 1024 * 1024;
    private const int ProcessesPerCpu = 512;
    private const double MostOfMemory = 0.9;

    /// <summary>Disk of a model server or a build, in GB, if none is given.</summary>
    private const int UsualVolume = 64;

    /// <summary>CodeBuild's machines, from https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-compute-types.html.</summary>
    private static readonly Dictionary<string, (int Cpus, int Memory, int Disk)> Builds = new(StringComparer.Ordinal)
    {
        ["BUILD_GENERAL1_SMALL"] = (2, 4, 64),
        ["BUILD_GENERAL1_MEDIUM"] = (4, 8, 128),
        ["BUILD_GENERAL1_LARGE"] = (8, 16, 128),
        ["BUILD_GENERAL1_XLARGE"] = (36, 72, 256),
        ["BUILD_GENERAL1_2XLARGE"] = (72, 144, 824),
    };

    /// <summary>The limits of a job, or of a model server.</summary>
    /// <param name="type">The instance type.</param>
    /// <param name="volume">Its VolumeSizeInGB; null takes the default.</param>
    public static ProcessLimits Of(InstanceType type, int? volume) => Of(type.Cpus, type.Memory, volume ?? UsualVolume);

    /// <summary>The limits of a build; an unknown computeType counts as a small one.</summary>
    public static ProcessLimits OfBuild(string? computeType)
    {
        var (cpus, memory, disk) = Builds.GetValueOrDefault(computeType ?? "", Builds["BUILD_GENERAL1_SMALL"]);
        return Of(cpus, memory, disk);
    }

    private static ProcessLimits Of(int cpus, double memory, int volume) =>
        new(
            (long)Math.Min(memory * Gigabyte, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes * MostOfMemory),
            cpus * ProcessesPerCpu,
            volume * Gigabyte
        );
}
