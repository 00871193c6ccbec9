using Microsoft.AspNetCore.Http;
using SkiaSharp;

namespace Plumbline.Serving.Images;

/// <summary>
/// Decodes a JPEG or PNG into upright pixels, red, green and blue as they are stored: without a color profile, and
/// without transparency, as Pillow's <c>convert("RGB")</c> does.
/// </summary>
internal static class ImageDecoder
{
    /// <summary>The most pixels of an image: 200 MB while it is decoded, and twice that if it has to be turned.</summary>
    public const long MostPixels = 50_000_000;

    /// <exception cref="RequestError">400: it is not a JPEG or PNG, too large, truncated or damaged.</exception>
    public static Pixels Decode(ReadOnlySpan<byte> body)
    {
        using var data = SKData.CreateCopy(body);
        using var codec =
            SKCodec.Create(data) ?? throw Refused("the body is not a JPEG or PNG image, or its header is damaged");
        if (codec.EncodedFormat is not (SKEncodedImageFormat.Jpeg or SKEncodedImageFormat.Png))
        {
            throw Refused($"the body is a {codec.EncodedFormat} image: send a JPEG or PNG");
        }
        var (width, height) = (codec.Info.Width, codec.Info.Height);
        if ((long)width * height > MostPixels)
        {
            throw Refused(
                $"the image has {width} x {height} pixels: send one of at most {MostPixels / 1_000_000} million pixels"
            );
        }
        var pixels = new Pixels(width, height);
        try
        {
            // Without a color space the values stay as they are stored.
            var info = new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
            var result = codec.GetPixels(info, pixels.Address);
            return result == SKCodecResult.Success
                ? Turning.Upright(pixels, codec.EncodedOrigin)
                : throw Refused($"the image is {(result == SKCodecResult.IncompleteInput ? "truncated" : "damaged")}");
        }
        catch
        {
            pixels.Dispose();
            throw;
        }
    }

    private static RequestError Refused(string reason) => new(StatusCodes.Status400BadRequest, reason);
}
