namespace Plumbline.Testing;

/// <summary>Small JPEG images of two classes, which a network tells apart after a few epochs.</summary>
public static class Pictures
{
    private const string Program = """
        import os, random, sys
        from PIL import Image
        for name, colour, other in (("ripe", (200, 40, 40), (60, 160, 60)), ("green", (60, 160, 60), (200, 40, 40))):
            os.makedirs(os.path.join(sys.argv[1], name), exist_ok=True)
            for i in range(int(sys.argv[2])):
                draw = random.Random(f"{sys.argv[3]} {name} {i}")
                image = Image.new("RGB", (20, 16), tuple(draw.randint(0, 60) for _ in range(3)))
                left, top = draw.randint(1, 8), draw.randint(1, 6)
                image.paste(tuple(c + draw.randint(-30, 30) for c in colour), (left, top, left + 10, top + 8))
                image.save(os.path.join(sys.argv[1], name, f"{name}-{i}.jpg"), quality=90)
        """;

    /// <summary>Writes <c>ripe/ripe-0.jpg</c>, <c>green/green-0.jpg</c> and so on.</summary>
    /// <param name="folder">The folder of the class folders.</param>
    /// <param name="each">The number of images of each class.</param>
    /// <param name="seed">Another seed makes other images.</param>
    public static async Task WriteAsync(string folder, int each, string seed = "base") =>
        (await Shell.RunAsync(TorchFactAttribute.Python!, ["-c", Program, folder, $"{each}", seed])).Succeeded();
}
