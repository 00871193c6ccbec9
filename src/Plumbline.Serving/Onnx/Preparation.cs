using System.Runtime.InteropServices;
using Plumbline.Serving.Images;
using Plumbline.Serving.Onnx.Signature;

namespace Plumbline.Serving.Onnx;

/// <summary>Makes the numbers that the model takes from an encoded image, as its signature says.</summary>
internal sealed class Preparation
{
    private readonly ImageInput input;

    /// <summary>The number for each value of a byte, channel by channel.</summary>
    private readonly float[] numbers;
    private readonly byte[] bytes;

    public Preparation(ImageInput input)
    {
        this.input = input;
        numbers = new float[input.Channels * 256];
        bytes = [.. Enumerable.Range(0, numbers.Length).Select(i => (byte)i)];
        for (var i = 0; i < numbers.Length; i++)
        {
            var (channel, value) = (i / 256, i % 256);
            numbers[i] = (float)((value * input.Scale - input.Mean[channel]) / input.Std[channel]);
        }
    }

    /// <param name="body">A JPEG or PNG.</param>
    /// <param name="example">Receives the numbers, in the input's type and layout.</param>
    /// <exception cref="RequestError">400: the image cannot be decoded.</exception>
    public void Read(ReadOnlySpan<byte> body, Span<byte> example)
    {
        using var image = ImageDecoder.Decode(body);
        if (input.IsGray)
        {
            MakeGray(image);
        }
        var size = input.SizeOf(image.Width, image.Height);
        var (width, height) = (input.Width, input.Height);
        var (x, y) = (Middle(size.Width - width), Middle(size.Height - height));
        using var cut = Resampler.Resize(image, input.Filter, size, (x, y, width, height));
        if (input.IsBytes)
        {
            Write<byte>(cut, example, bytes);
        }
        else
        {
            Write(cut, MemoryMarshal.Cast<byte, float>(example), numbers);
        }
    }

    // Rounds a half to even, as Python does.
    private static int Middle(int rest) => (int)Math.Round(rest / 2.0);

    private void Write<T>(Pixels cut, Span<T> example, ReadOnlySpan<T> values)
    {
        var (channels, area) = (input.Channels, cut.Width * cut.Height);
        var (pixelStep, channelStep) = input.IsChannelsFirst ? (1, area) : (channels, 1);
        for (var channel = 0; channel < channels; channel++)
        {
            var at = channel * channelStep;
            var ofChannel = values.Slice(channel * 256, 256);
            for (var y = 0; y < cut.Height; y++)
            {
                var row = cut.Row(y);
                for (var x = channel; x < row.Length; x += 4, at += pixelStep)
                {
                    example[at] = ofChannel[row[x]];
                }
            }
        }
    }

    /// <summary>Makes the three channels the brightness, ITU-R 601-2 in the fixed point of Pillow's convert("L").</summary>
    public static void MakeGray(Pixels image)
    {
        for (var y = 0; y < image.Height; y++)
        {
            var row = image.Row(y);
            for (var x = 0; x < row.Length; x += 4)
            {
                row[x] = (byte)((row[x] * 19595 + row[x + 1] * 38470 + row[x + 2] * 7471 + 0x8000) >> 16);
                row[x + 2] = row[x + 1] = row[x];
            }
        }
    }
}
