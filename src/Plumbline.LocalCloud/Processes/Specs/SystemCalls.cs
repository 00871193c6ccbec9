using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Plumbline.LocalCloud.Processes.Specs;

/// <summary>
/// A seccomp filter that refuses system calls which programs in a sandbox do not need, and which led to errors of the
/// kernel. It is a second wall: without a capability most of them fail anyway. The numbers are Linux's, for x86-64 and
/// arm64; other machines have no filter.
/// </summary>
internal static class SystemCalls
{
    private const uint Allow = 0x7FFF0000;
    private const uint NotPermitted = 0x00050000 | 1;
    private const uint NotThere = 0x00050000 | 38;
    private const uint NoSuchFamily = 0x00050000 | 97;

    private const ushort Load = 0x20;
    private const ushort IfEqual = 0x15;
    private const ushort IfAtLeast = 0x35;
    private const ushort IfAnyBit = 0x45;
    private const ushort Return = 0x06;

    // Offsets in seccomp_data.
    private const uint Number = 0;
    private const uint Architecture = 4;
    private const uint FirstArgument = 16;
    private const uint SecondArgument = 24;

    /// <summary>All CLONE_NEW... flags: user, mount, network, process, IPC, UTS and cgroup namespaces.</summary>
    private const uint Namespaces = 0x7E020000;

    /// <summary>The lowest number of x32, a second way to the same calls.</summary>
    private const uint X32 = 0x40000000;

    // ioctl's TIOCSTI and TIOCLINUX type into a terminal; the socket families reach the hypervisor and the kernel's ciphers.
    private static readonly uint[] Typing = [0x5412, 0x541C];
    private static readonly uint[] Families = [40, 38];

    /// <summary>The numbers of refused calls on both machines; -1 if a machine lacks the call.</summary>
    private static readonly (int X64, int Arm64)[] Refused =
    [
        // Keys: with them the server's own keyring would be within reach.
        (248, 217),
        (249, 218),
        (250, 219),
        // bpf, perf_event_open, userfaultfd, io_uring.
        (321, 280),
        (298, 241),
        (323, 282),
        (425, 425),
        (426, 426),
        (427, 427),
        // kexec_load, kexec_file_load, modules.
        (246, 104),
        (320, 294),
        (175, 105),
        (313, 273),
        (176, 106),
        // Mounts and roots: mount, umount2, pivot_root, chroot, the calls of the new API.
        (165, 40),
        (166, 39),
        (155, 41),
        (161, 51),
        (428, 428),
        (429, 429),
        (430, 430),
        (431, 431),
        (432, 432),
        (433, 433),
        (442, 442),
        // Namespaces: unshare, setns. Files by their handle.
        (272, 97),
        (308, 268),
        (304, 265),
        // The machine: reboot, swapon, swapoff, acct, quotactl, syslog, the clocks, ports.
        (169, 142),
        (167, 224),
        (168, 225),
        (163, 89),
        (179, 60),
        (103, 116),
        (164, 170),
        (227, 112),
        (172, -1),
        (173, -1),
    ];

    /// <summary>The filter in the kernel's format; empty on other machines.</summary>
    public static byte[] Filter { get; } =
        RuntimeInformation.ProcessArchitecture switch
        {
            System.Runtime.InteropServices.Architecture.X64 => Build(0xC000003E, isX64: true),
            System.Runtime.InteropServices.Architecture.Arm64 => Build(0xC00000B7, isX64: false),
            _ => [],
        };

    private static byte[] Build(uint machine, bool isX64)
    {
        List<Instruction> filter =
        [
            new(Load, 0, 0, Architecture),
            new(IfEqual, 1, 0, machine),
            new(Return, 0, 0, NotThere),
            new(Load, 0, 0, Number),
        ];
        if (isX64)
        {
            filter.AddRange([new(IfAtLeast, 0, 1, X32), new(Return, 0, 0, NotThere)]);
        }

        foreach (var number in Refused.Select(call => isX64 ? call.X64 : call.Arm64).Where(number => number >= 0))
        {
            filter.AddRange([new(IfEqual, 0, 1, (uint)number), new(Return, 0, 0, NotPermitted)]);
        }

        // No filter sees the flags of clone3, so it counts as missing; the C library then uses clone, whose flags are
        // visible.
        filter.AddRange([new(IfEqual, 0, 1, 435), new(Return, 0, 0, NotThere)]);
        filter.AddRange([
            new(IfEqual, 0, 4, isX64 ? 56u : 220u),
            new(Load, 0, 0, FirstArgument),
            new(IfAnyBit, 0, 1, Namespaces),
            new(Return, 0, 0, NotPermitted),
            new(Return, 0, 0, Allow),
        ]);
        AddArgument(filter, isX64 ? 16u : 29u, SecondArgument, Typing, NotPermitted);
        AddArgument(filter, isX64 ? 41u : 198u, FirstArgument, Families, NoSuchFamily);
        filter.Add(new(Return, 0, 0, Allow));
        return [.. filter.SelectMany(instruction => instruction.Bytes())];
    }

    /// <summary>Refuses a call whose argument has one of two values.</summary>
    private static void AddArgument(List<Instruction> filter, uint number, uint argument, uint[] values, uint answer) =>
        filter.AddRange([
            new(IfEqual, 0, 5, number),
            new(Load, 0, 0, argument),
            new(IfEqual, 1, 0, values[0]),
            new(IfEqual, 0, 1, values[1]),
            new(Return, 0, 0, answer),
            new(Return, 0, 0, Allow),
        ]);

    /// <summary>
    /// The kernel's <c>sock_filter</c>: a code, how far to jump if it is true and if it is not, and a number.
    /// </summary>
    private readonly record struct Instruction(ushort Code, byte IfTrue, byte IfFalse, uint Value)
    {
        public byte[] Bytes()
        {
            var bytes = new byte[8];
            BinaryPrimitives.WriteUInt16LittleEndian(bytes, Code);
            (bytes[2], bytes[3]) = (IfTrue, IfFalse);
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4), Value);
            return bytes;
        }
    }
}
