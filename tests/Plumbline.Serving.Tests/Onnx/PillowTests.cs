using System.Formats.Tar;
using System.Text.Json;
using Plumbline.Serving.Images;
using Plumbline.Serving.Onnx;
using Plumbline.Testing;

namespace Plumbline.Serving.Tests.Onnx;

/// <summary>Pictures become the same bytes as in Pillow. golden.py writes down what Pillow makes of them.</summary>
public sealed class PillowTests
{
    private static readonly JsonElement Golden = JsonDocument.Parse(OnnxModels.Text("golden.json")).RootElement;

    public static TheoryData<string> Names { get; } =
    [.. Golden.GetProperty("files").EnumerateArray().Select(file => file.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_file_is_decoded_and_turned_as_Pillow_does(string name)
    {
        var file = Golden
            .GetProperty("files")
            .EnumerateArray()
            .Single(one => one.GetProperty("name").GetString() == name);

        using var image = ImageDecoder.Decode(file.GetProperty("file").GetBytesFromBase64());

        image.Width.ShouldBe(file.GetProperty("width").GetInt32());
        image.Height.ShouldBe(file.GetProperty("height").GetInt32());
        Colors.Digest(Colors.Of(image)).ShouldBe(file.GetProperty("rgb").GetString());
        Preparation.MakeGray(image);
        Colors.Digest(Colors.Of(image, channels: 1)).ShouldBe(file.GetProperty("gray").GetString());
    }

    [GoldenFact]
    public void Photos_are_decoded_as_Pillow_does()
    {
        var digests = Golden
            .GetProperty("photos")
            .EnumerateObject()
            .ToDictionary(p => p.Name, p => p.Value.GetString());
        using var tar = new TarReader(File.OpenRead(SharedData.Path("data", "sign_digits.tar")));
        while (tar.GetNextEntry() is { } entry)
        {
            if (digests.Remove(entry.Name, out var digest))
            {
                using var content = new MemoryStream();
                entry.DataStream!.CopyTo(content);
                using var image = ImageDecoder.Decode(content.ToArray());
                Colors.Digest(Colors.Of(image)).ShouldBe(digest, entry.Name);
            }
        }
        digests.ShouldBeEmpty();
    }

    [Fact]
    public void A_resize_gives_the_bytes_of_Pillow_with_each_filter()
    {
        using var image = Noise(53, 37);
        foreach (var one in Golden.GetProperty("resized").EnumerateArray())
        {
            var (width, height) = (one.GetProperty("width").GetInt32(), one.GetProperty("height").GetInt32());
            var filter = Enum.Parse<ResizeFilter>(one.GetProperty("filter").GetString()!, ignoreCase: true);
            using var all = Resampler.Resize(image, filter, (width, height), (0, 0, width, height));
            using var window = Resampler.Resize(image, filter, (width, height), (2, 3, 5, 11));

            Colors.Digest(Colors.Of(all)).ShouldBe(one.GetProperty("all").GetString(), one.ToString());
            Colors.Digest(Colors.Of(window)).ShouldBe(one.GetProperty("window").GetString(), one.ToString());
        }
    }

    /// <summary>The picture of golden.py.</summary>
    private static Pixels Noise(int width, int height)
    {
        var state = 1u;
        var image = new Pixels(width, height);
        for (var y = 0; y < height; y++)
        {
            var row = image.Row(y);
            for (var x = 0; x < row.Length; x++)
            {
                if (x % 4 < 3)
                {
                    state = state * 1664525 + 1013904223;
                    row[x] = (byte)(state >> 24);
                }
            }
        }
        return image;
    }
}
