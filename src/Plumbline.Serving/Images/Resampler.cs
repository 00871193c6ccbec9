using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Plumbline.Serving.Images;

/// <summary>
/// Resizes an image and cuts a window out of the result, as Pillow does: along the rows, then along the columns, with
/// bytes in between. It computes only the pixels of the window.
/// </summary>
internal static class Resampler
{
    /// <param name="image">The image.</param>
    /// <param name="filter">The filter.</param>
    /// <param name="size">Width and height after the resize.</param>
    /// <param name="window">The part of the resized image that is wanted.</param>
    public static Pixels Resize(
        Pixels image,
        ResizeFilter filter,
        (int Width, int Height) size,
        (int X, int Y, int Width, int Height) window
    )
    {
        if (filter == ResizeFilter.Nearest)
        {
            return Nearest(image, size, window);
        }
        var across = new FilterWeights(filter, image.Width, size.Width, window.X, window.Width);
        var down = new FilterWeights(filter, image.Height, size.Height, window.Y, window.Height);
        var (first, end) = down.Needed;
        using var between = new Pixels(window.Width, end - first);
        for (var y = first; y < end; y++)
        {
            Across(image.Line(y), across, between.Line(y - first));
        }
        var result = new Pixels(window.Width, window.Height);
        for (var y = 0; y < window.Height; y++)
        {
            Down(between, first, down[y], result.Line(y));
        }
        return result;
    }

    private static Pixels Nearest(
        Pixels image,
        (int Width, int Height) size,
        (int X, int Y, int Width, int Height) window
    )
    {
        var result = new Pixels(window.Width, window.Height);
        for (var y = 0; y < window.Height; y++)
        {
            var from = image.Line(At(window.Y + y, image.Height, size.Height));
            var to = result.Line(y);
            for (var x = 0; x < window.Width; x++)
            {
                to[x] = from[At(window.X + x, image.Width, size.Width)];
            }
        }
        return result;

        static int At(int i, int from, int to) => Math.Min((int)((i + 0.5) * from / to), from - 1);
    }

    private static void Across(ReadOnlySpan<uint> row, FilterWeights across, Span<uint> result)
    {
        for (var x = 0; x < result.Length; x++)
        {
            var (first, weights) = across[x];
            var sum = Half;
            var pixels = row.Slice(first, weights.Count);
            var factors = weights.AsSpan();
            for (var i = 0; i < pixels.Length && i < factors.Length; i++)
            {
                sum += Channels(pixels[i]) * factors[i];
            }
            result[x] = Pixel(sum);
        }
    }

    private static void Down(Pixels rows, int offset, (int First, ArraySegment<int> Weights) span, Span<uint> result)
    {
        ref var top = ref MemoryMarshal.GetReference(rows.Line(span.First - offset));
        var factors = span.Weights.AsSpan();
        for (var x = 0; x < result.Length; x++)
        {
            var sum = Half;
            for (var i = 0; i < factors.Length; i++)
            {
                sum +=
                    Channels(System.Runtime.CompilerServices.Unsafe.Add(ref top, i * result.Length + x)) * factors[i];
            }
            result[x] = Pixel(sum);
        }
    }

    private static Vector128<int> Half => Vector128.Create(1 << (FilterWeights.Precision - 1));

    /// <summary>The four bytes of a pixel as numbers.</summary>
    private static Vector128<int> Channels(uint pixel) =>
        Vector128.WidenLower(Vector128.WidenLower(Vector128.CreateScalar(pixel).AsByte())).AsInt32();

    private static uint Pixel(Vector128<int> sum)
    {
        var bytes = Vector128.Clamp(
            Vector128.ShiftRightArithmetic(sum, FilterWeights.Precision),
            Vector128<int>.Zero,
            Vector128.Create(255)
        );
        return Vector128
            .Narrow(Vector128.Narrow(bytes, bytes).AsUInt16(), Vector128<ushort>.Zero)
            .AsUInt32()
            .ToScalar();
    }
}
