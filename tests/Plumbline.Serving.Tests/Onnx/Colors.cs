using System.Security.Cryptography;
using Plumbline.Serving.Images;

namespace Plumbline.Serving.Tests.Onnx;

/// <summary>The pixels of an image as Pillow's tobytes gives them.</summary>
internal static class Colors
{
    /// <summary>Red, green and blue of each pixel, or the first of them.</summary>
    public static byte[] Of(Pixels image, int channels = 3) =>
        [
            .. Enumerable
                .Range(0, image.Height)
                .SelectMany(y => image.Row(y).ToArray().Where((_, i) => i % 4 < channels)),
        ];

    public static string Digest(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
