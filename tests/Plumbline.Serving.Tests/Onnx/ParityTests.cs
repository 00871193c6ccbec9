using System.Collections.Concurrent;
using System.Formats.Tar;
using System.Globalization;
using Plumbline.Serving.Images;
using Plumbline.Serving.Onnx.Signature;
using Plumbline.Testing;

namespace Plumbline.Serving.Tests.Onnx;

[Collection("processes")]
public sealed class ParityTests
{
    private const int Photos = 1000;
    private const double Tolerance = 1e-4;

    /// <summary>
    /// Python decodes and cuts the photos with Pillow, where that is installed. Elsewhere PyTorch gets our cut bytes,
    /// and <see cref="PillowTests"/> alone compares decoding and resizing, with what Pillow wrote down earlier.
    /// </summary>
    [PhotosFact]
    public async Task A_thousand_photos_get_the_answers_of_PyTorch_alone_and_together()
    {
        using var folder = new TemporaryFolder();
        var files = Unpack(folder.Path);
        using var server = await ServedOnnx.StartAsync("picture");
        var bodies = files.ConvertAll(File.ReadAllBytes);
        WriteCuts(files, bodies);
        var expected = OnnxModels
            .Run("parity.py", OnnxModels.At("picture.pt"), folder.Path)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(',').Select(cell => float.Parse(cell, CultureInfo.InvariantCulture)).ToArray())
            .ToList();

        var (together, worst) = await WorstAsync(server, bodies, expected, connections: 16);
        var memory = server.Memory("VmRSS");
        var (alone, _) = await WorstAsync(server, bodies[..100], expected, connections: 1);
        await WorstAsync(server, bodies, expected, connections: 16);

        expected.Count.ShouldBe(Photos);
        worst.ShouldBeLessThan(Tolerance);
        Difference([.. together.Take(100)], alone).ShouldBeLessThan(1e-5, "a batch changes nothing");
        Enumerable
            .Range(0, 10)
            .Max(label => expected.Max(row => row[label]) - expected.Min(row => row[label]))
            .ShouldBeGreaterThan(0.2f, "the photos have different answers");
        (server.Memory("VmRSS") - memory).ShouldBeLessThan(30_000, "kB for a thousand more requests");
        server.Process.Signal(15);
        await server.Process.ExitCodeAsync();
        server.Process.Output.ShouldMatch(@"model\.onnx: 2100 requests in \d+ runs");
    }

    private static async Task<(float[][] Answers, double Worst)> WorstAsync(
        ServedOnnx server,
        IReadOnlyList<byte[]> bodies,
        IReadOnlyList<float[]> expected,
        int connections
    )
    {
        var answers = new float[bodies.Count][];
        await Parallel.ForAsync(
            0,
            bodies.Count,
            new ParallelOptions { MaxDegreeOfParallelism = connections },
            async (i, _) => answers[i] = await server.ProbabilitiesAsync(bodies[i], "image/jpeg")
        );
        return (answers, Difference(answers, [.. expected.Take(bodies.Count)]));
    }

    private static double Difference(float[][] some, float[][] others) =>
        some.Zip(others).Max(rows => rows.First.Zip(rows.Second).Max(pair => Math.Abs(pair.First - pair.Second)));

    private static List<string> Unpack(string folder)
    {
        var files = new List<string>();
        using var tar = new TarReader(File.OpenRead(SharedData.Path("data", "sign_digits.tar")));
        while (files.Count < Photos && tar.GetNextEntry() is { } entry)
        {
            if (entry.DataStream is { } content)
            {
                files.Add(Path.Combine(folder, $"{files.Count:0000}.jpg"));
                using var file = File.Create(files[^1]);
                content.CopyTo(file);
            }
        }
        return files;
    }

    private static void WriteCuts(List<string> files, List<byte[]> bodies)
    {
        var input = (ImageInput)ModelSignature.Read(OnnxModels.At("picture")).Input;
        for (var i = 0; i < files.Count; i++)
        {
            using var image = ImageDecoder.Decode(bodies[i]);
            var size = input.SizeOf(image.Width, image.Height);
            var window = ((size.Width - 64) / 2, (size.Height - 64) / 2, 64, 64);
            using var cut = Resampler.Resize(image, input.Filter, size, window);
            File.WriteAllBytes(Path.ChangeExtension(files[i], ".rgb"), Colors.Of(cut));
        }
    }

    /// <summary>A test that needs PyTorch and the photos of the shared data; skipped with what is missing.</summary>
    private sealed class PhotosFactAttribute : FactAttribute
    {
        public PhotosFactAttribute() => Skip = SharedData.SkipReason ?? new TorchFactAttribute().Skip;
    }
}
