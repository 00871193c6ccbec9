using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Plumbline.LocalCloud.Services.S3.Checksums;

/// <summary>
/// Reduces many bytes to a few with the same remainder, by carry-less multiplication: a block of 16 bytes is moved
/// ahead (multiplied by a power of x, modulo the polynomial) and added to a later block. Four blocks go side by side,
/// because the processor multiplies them at the same time.
/// </summary>
internal sealed class CrcFolding
{
    /// <summary>With fewer bytes than this, folding does not pay off.</summary>
    public const int Least = 2 * Lanes * Block;

    private const int Lanes = 4;
    private const int Block = 16;

    private readonly Vector128<ulong> overLanes;
    private readonly Vector128<ulong> overBlock;

    public CrcFolding(ulong reflectedPolynomial, int width)
    {
        overLanes = Multipliers(reflectedPolynomial, width, Lanes * Block * 8);
        overBlock = Multipliers(reflectedPolynomial, width, Block * 8);
    }

    /// <summary>True if the processor supports it.</summary>
    public static bool IsSupported => Pclmulqdq.IsSupported;

    /// <summary>Folds all whole blocks into one.</summary>
    /// <param name="state">The state before the bytes.</param>
    /// <param name="bytes">At least <see cref="Least"/>; bytes after the last whole block are left.</param>
    /// <param name="folded">16 bytes that, from state 0, lead to the state after the blocks.</param>
    /// <returns>The number of bytes that were folded.</returns>
    public int Fold(ulong state, ReadOnlySpan<byte> bytes, Span<byte> folded)
    {
        var first = Load(bytes, 0) ^ Vector128.CreateScalar(state);
        var (second, third, fourth) = (Load(bytes, 1), Load(bytes, 2), Load(bytes, 3));
        var at = Lanes * Block;
        for (; at <= bytes.Length - (Lanes * Block); at += Lanes * Block)
        {
            var next = bytes[at..];
            first = Move(first, overLanes) ^ Load(next, 0);
            second = Move(second, overLanes) ^ Load(next, 1);
            third = Move(third, overLanes) ^ Load(next, 2);
            fourth = Move(fourth, overLanes) ^ Load(next, 3);
        }

        first = Move(first, overBlock) ^ second;
        first = Move(first, overBlock) ^ third;
        first = Move(first, overBlock) ^ fourth;
        for (; at <= bytes.Length - Block; at += Block)
        {
            first = Move(first, overBlock) ^ Load(bytes[at..], 0);
        }

        first.AsByte().CopyTo(folded);
        return at;
    }

    private static Vector128<ulong> Load(ReadOnlySpan<byte> bytes, int block) =>
        Vector128.Create(bytes.Slice(block * Block, Block)).AsUInt64();

    private static Vector128<ulong> Move(Vector128<ulong> block, Vector128<ulong> multipliers) =>
        Pclmulqdq.CarrylessMultiply(block, multipliers, 0x00) ^ Pclmulqdq.CarrylessMultiply(block, multipliers, 0x11);

    /// <summary>
    /// The multipliers that move a block ahead by some bits. The half that comes first has the higher powers, 64 more.
    /// A product of reflected numbers is one power too high, so each multiplier is one lower.
    /// </summary>
    private static Vector128<ulong> Multipliers(ulong polynomial, int width, int bits) =>
        Vector128.Create(
            Power(polynomial, width, bits + 64 - 1) << (64 - width),
            Power(polynomial, width, bits - 1) << (64 - width)
        );

    /// <summary>A power of x modulo the polynomial, reflected.</summary>
    private static ulong Power(ulong polynomial, int width, int exponent)
    {
        var power = 1UL << (width - 1);
        for (var bit = 0; bit < exponent; bit++)
        {
            power = (power & 1) == 0 ? power >> 1 : (power >> 1) ^ polynomial;
        }

        return power;
    }
}
