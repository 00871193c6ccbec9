using System.IO.Compression;
using Plumbline.Loop.Home;
using Plumbline.Testing;

namespace Plumbline.Scenarios.Tests.OnAws.Images;

/// <summary>The images of the built CLI; each is built once, on first use.</summary>
public sealed class BuiltImages : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Lazy<Task<string>> context;
    private readonly Lazy<Task<Image>> jobs;
    private readonly Lazy<Task<Image>> serving;

    public BuiltImages()
    {
        context = new(ContextAsync);
        jobs = new(() => BuildAsync("plumbline-jobs", text => text));
        serving = new(() => BuildAsync("plumbline-serving", text => text));
    }

    /// <summary>The images' tag in <c>plumb aws deploy</c>.</summary>
    public static string Tag { get; } = new ImageContext(Path.GetDirectoryName(Plumb.Program)!).Tag;

    internal Task<Image> JobsAsync() => jobs.Value;

    internal Task<Image> ServingAsync() => serving.Value;

    /// <summary>Builds an image from a changed Dockerfile.</summary>
    internal async Task<Image> BuildAsync(string image, Func<string, string> change)
    {
        var file = $"{image}.Dockerfile";
        var text = await File.ReadAllTextAsync(Path.Combine(await context.Value, "images", file));
        var roots = Directory.CreateDirectory(folder.At(Guid.NewGuid().ToString("n"))).FullName;
        return await new ImageBuilder(roots, await context.Value).BuildAsync(file, change(text));
    }

    /// <inheritdoc/>
    public void Dispose() => folder.Dispose();

    /// <summary>The build context in CodeBuild: the sent files, unpacked, without their modes.</summary>
    private async Task<string> ContextAsync()
    {
        var zip = folder.At("context.zip");
        await using (var file = File.Create(zip))
        {
            await new ImageContext(Path.GetDirectoryName(Plumb.Program)!).WriteAsync(file, CancellationToken.None);
        }

        await ZipFile.ExtractToDirectoryAsync(zip, folder.At("context"));
        return folder.At("context");
    }
}
