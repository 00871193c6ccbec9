using System.Globalization;

namespace Plumbline.Cli.Demo;

/// <summary>An image of 8 x 8 pixels with values 0 to 16, and the digit that it shows.</summary>
internal sealed record Digit(IReadOnlyList<float> Pixels, string Label)
{
    private const int Side = 8;
    private const float Middle = (Side - 1) / 2f;

    /// <summary>The image as a CSV row for the model.</summary>
    public string Features =>
        string.Join(',', Pixels.Select(pixel => pixel.ToString("0.##", CultureInfo.InvariantCulture)));

    /// <summary>The image as a request of the demo.</summary>
    public DemoExample Example => DemoExample.Row(Features, Label);

    /// <summary>The rotated image, as from a scanner that was mounted askew; its pixels are interpolated.</summary>
    public Digit Rotated(double degrees)
    {
        var (sin, cos) = Math.SinCos(degrees * Math.PI / 180);
        var turned = new float[Side * Side];
        for (var y = 0; y < Side; y++)
        {
            for (var x = 0; x < Side; x++)
            {
                var (dx, dy) = (x - Middle, y - Middle);
                turned[(y * Side) + x] = At(
                    (float)(Middle + (cos * dx) + (sin * dy)),
                    (float)(Middle - (sin * dx) + (cos * dy))
                );
            }
        }

        return this with
        {
            Pixels = turned,
        };
    }

    private float At(float x, float y)
    {
        var (left, top) = ((int)Math.Floor(x), (int)Math.Floor(y));
        var (right, down) = (x - left, y - top);
        return (Pixel(left, top) * (1 - right) * (1 - down))
            + (Pixel(left + 1, top) * right * (1 - down))
            + (Pixel(left, top + 1) * (1 - right) * down)
            + (Pixel(left + 1, top + 1) * right * down);
    }

    private float Pixel(int x, int y) => x is >= 0 and < Side && y is >= 0 and < Side ? Pixels[(y * Side) + x] : 0;
}
