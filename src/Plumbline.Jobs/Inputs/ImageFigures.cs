using SkiaSharp;

namespace Plumbline.Jobs.Inputs;

/// <summary>Figures of an image, which move when a camera, its light or its place changes.</summary>
internal static class ImageFigures
{
    private const int Side = 64;

    /// <summary>
    /// Width and height in pixels, and of the colours, each from 0 to 1: the brightness (Rec. 601 luma), its standard
    /// deviation as the contrast, and the means of red, green and blue. Empty if the bytes are not an image.
    /// </summary>
    public static IReadOnlyDictionary<string, float> Of(byte[] body)
    {
        using var data = SKData.CreateCopy(body);
        using var codec = SKCodec.Create(data);
        using var image = codec is null ? null : SKBitmap.Decode(codec);
        // A small copy has the same means, and takes the same time for every image.
        using var small = image?.Resize(
            new SKImageInfo(Side, Side, SKColorType.Rgba8888, SKAlphaType.Unpremul),
            new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear)
        );
        if (image is null || small is null)
        {
            return new Dictionary<string, float>();
        }

        double red = 0,
            green = 0,
            blue = 0,
            sum = 0,
            squares = 0;
        foreach (var pixel in small.Pixels)
        {
            var (r, g, b) = (pixel.Red / 255.0, pixel.Green / 255.0, pixel.Blue / 255.0);
            var luma = (0.299 * r) + (0.587 * g) + (0.114 * b);
            red += r;
            green += g;
            blue += b;
            sum += luma;
            squares += luma * luma;
        }

        const double Pixels = Side * Side;
        var mean = sum / Pixels;
        return new Dictionary<string, float>
        {
            ["brightness"] = (float)mean,
            ["contrast"] = (float)Math.Sqrt(Math.Max(0, (squares / Pixels) - (mean * mean))),
            ["red"] = (float)(red / Pixels),
            ["green"] = (float)(green / Pixels),
            ["blue"] = (float)(blue / Pixels),
            ["width"] = image.Width,
            ["height"] = image.Height,
        };
    }
}
