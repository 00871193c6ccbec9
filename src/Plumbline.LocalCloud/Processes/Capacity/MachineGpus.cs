using System.Globalization;

namespace Plumbline.LocalCloud.Processes.Capacity;

internal static class MachineGpus
{
    private const string Device = "/dev/nvidia";

    /// <summary>Their numbers, as in <c>/dev/nvidia0</c> and CUDA_VISIBLE_DEVICES.</summary>
    public static IReadOnlyList<int> Numbers() =>
        [
            .. Directory
                .EnumerateFiles("/dev", "nvidia*")
                .Select(file =>
                    int.TryParse(file[Device.Length..], CultureInfo.InvariantCulture, out var number) ? number : -1
                )
                .Where(number => number >= 0)
                .Order(),
        ];
}
