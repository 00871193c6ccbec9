using SkiaSharp;

namespace Plumbline.Serving.Images;

/// <summary>Turns an image as its EXIF orientation says, so that it is the way its photographer saw it.</summary>
internal static class Turning
{
    /// <summary>Returns the image itself if it is upright already, else a copy; the image is then disposed.</summary>
    public static Pixels Upright(Pixels image, SKEncodedOrigin origin)
    {
        if (origin is SKEncodedOrigin.TopLeft or < SKEncodedOrigin.TopLeft or > SKEncodedOrigin.LeftBottom)
        {
            return image;
        }
        using (image)
        {
            var (right, bottom) = (image.Width - 1, image.Height - 1);
            var isSwapped = origin >= SKEncodedOrigin.LeftTop;
            var turned = isSwapped ? new Pixels(image.Height, image.Width) : new Pixels(image.Width, image.Height);
            for (var y = 0; y < turned.Height; y++)
            {
                var line = turned.Line(y);
                for (var x = 0; x < line.Length; x++)
                {
                    var (column, row) = origin switch
                    {
                        SKEncodedOrigin.TopRight => (right - x, y),
                        SKEncodedOrigin.BottomRight => (right - x, bottom - y),
                        SKEncodedOrigin.BottomLeft => (x, bottom - y),
                        SKEncodedOrigin.LeftTop => (y, x),
                        SKEncodedOrigin.RightTop => (y, bottom - x),
                        SKEncodedOrigin.RightBottom => (right - y, bottom - x),
                        _ => (right - y, x),
                    };
                    line[x] = image.Line(row)[column];
                }
            }
            return turned;
        }
    }
}
