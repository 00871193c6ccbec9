using Plumbline.Records.Examples;
using Plumbline.Testing;

namespace Plumbline.Records.Tests.Examples;

public class ContentCheckTests
{
    public static TheoryData<string, byte[]> Images { get; } =
        new()
        {
            { "image/jpeg", TinyImages.Jpeg },
            { "image/jpeg", TinyImages.ProgressiveJpeg },
            { "image/jpeg", TinyImages.Numbered(7) },
            { "image/png", TinyImages.Png },
        };

    [Theory]
    [MemberData(nameof(Images))]
    public void An_image_is_usable_and_each_of_its_beginnings_is_not(string type, byte[] image)
    {
        ContentCheck.ProblemOf(image, type).ShouldBeNull();
        for (var length = 0; length < image.Length; length++)
            ContentCheck.ProblemOf(image.AsSpan(0, length), type).ShouldNotBeNull($"{length} bytes");
    }

    [Theory]
    [MemberData(nameof(Images))]
    public void Any_bytes_are_judged_without_an_error(string type, byte[] image)
    {
        var random = Seeds.Random(1300);
        for (var round = 0; round < 2000; round++)
        {
            var broken = image.ToArray();
            broken[random.Next(broken.Length)] = (byte)random.Next(256);
            broken[random.Next(broken.Length)] = (byte)random.Next(256);
            Should.NotThrow(() => ContentCheck.ProblemOf(broken, type));
        }
    }

    [Fact]
    public void The_problem_is_named()
    {
        ContentCheck.ProblemOf([], "image/png").ShouldBe("is empty (0 bytes)");
        ContentCheck.ProblemOf(TinyImages.Png, "image/jpeg").ShouldBe("is not a JPEG image");
        ContentCheck.ProblemOf(TinyImages.Jpeg, "image/png").ShouldBe("is not a PNG image");
        ContentCheck
            .ProblemOf(TinyImages.Jpeg.AsSpan(0, 400), "image/jpeg")
            .ShouldBe("is a damaged image: the file ends before the image does");
        var flipped = TinyImages.Png;
        flipped = [.. flipped[..20], (byte)(flipped[20] ^ 1), .. flipped[21..]];
        ContentCheck.ProblemOf(flipped, "image/png").ShouldBe("is a damaged image: a checksum in it is wrong");
        ContentCheck.ProblemOf("  \n"u8, "text/plain").ShouldBe("has no text");
        ContentCheck.ProblemOf([0xC3, 0x28], "text/plain").ShouldBe("is not a text in UTF-8");
        ContentCheck.ProblemOf("Grüezi"u8, "text/plain").ShouldBeNull();
    }
}
