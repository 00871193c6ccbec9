namespace Plumbline.Serving.Images;

/// <summary>
/// The pixels of one axis that make each pixel of the result, and their weights in fixed point. The arithmetic is that
/// of Pillow's Resample.c, so that an image becomes the same bytes as in a training that used Pillow or torchvision.
/// </summary>
internal sealed class FilterWeights
{
    /// <summary>The number of bits behind the point of a weight.</summary>
    public const int Precision = 32 - 8 - 2;

    private readonly int[] weights;
    private readonly (int First, int Count)[] spans;
    private readonly int most;

    /// <param name="filter">Any filter but <see cref="ResizeFilter.Nearest"/>.</param>
    /// <param name="from">The axis' length before the resize.</param>
    /// <param name="to">The axis' length after it.</param>
    /// <param name="start">The first wanted pixel of the result.</param>
    /// <param name="count">The number of wanted pixels.</param>
    public FilterWeights(ResizeFilter filter, int from, int to, int start, int count)
    {
        var scale = (double)from / to;
        var stretch = Math.Max(scale, 1);
        var support = Support(filter) * stretch;
        most = (int)Math.Ceiling(support) * 2 + 1;
        weights = new int[count * most];
        spans = new (int, int)[count];
        var exact = new double[most];
        for (var i = 0; i < count; i++)
        {
            var center = (start + i + 0.5) * scale;
            var first = Math.Max((int)(center - support + 0.5), 0);
            var size = Math.Min((int)(center + support + 0.5), from) - first;
            spans[i] = (first, size);
            Fill(filter, exact.AsSpan(0, size), first - center + 0.5, 1 / stretch);
            for (var x = 0; x < size; x++)
            {
                weights[i * most + x] = (int)(exact[x] * (1 << Precision) + (exact[x] < 0 ? -0.5 : 0.5));
            }
        }
    }

    /// <summary>The number of pixels of the result.</summary>
    public int Count => spans.Length;

    /// <summary>The first pixel that any pixel of the result needs, and the one after the last.</summary>
    public (int First, int End) Needed => (spans[0].First, spans[^1].First + spans[^1].Count);

    /// <summary>Returns the first pixel behind pixel <paramref name="i"/> of the result, and the weights from there.</summary>
    public (int First, ArraySegment<int> Weights) this[int i] =>
        (spans[i].First, new ArraySegment<int>(weights, i * most, spans[i].Count));

    private static void Fill(ResizeFilter filter, Span<double> exact, double first, double scale)
    {
        var sum = 0.0;
        for (var x = 0; x < exact.Length; x++)
        {
            exact[x] = Weight(filter, (x + first) * scale);
            sum += exact[x];
        }
        for (var x = 0; x < exact.Length && sum != 0; x++)
        {
            exact[x] /= sum;
        }
    }

    private static double Support(ResizeFilter filter) =>
        filter switch
        {
            ResizeFilter.Box => 0.5,
            ResizeFilter.Bilinear => 1,
            ResizeFilter.Bicubic => 2,
            _ => 3,
        };

    private static double Weight(ResizeFilter filter, double x) =>
        filter switch
        {
            ResizeFilter.Box => x is > -0.5 and <= 0.5 ? 1 : 0,
            ResizeFilter.Bilinear => Math.Max(0, 1 - Math.Abs(x)),
            ResizeFilter.Bicubic => Cubic(Math.Abs(x)),
            _ => x is >= -3 and < 3 ? Sinc(x) * Sinc(x / 3) : 0,
        };

    private static double Cubic(double x)
    {
        const double a = -0.5;
        return x < 1 ? ((a + 2) * x - (a + 3)) * x * x + 1
            : x < 2 ? (((x - 5) * x + 8) * x - 4) * a
            : 0;
    }

    private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(x * Math.PI) / (x * Math.PI);
}
