using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Plumbline.WebConsole;

/// <summary>
/// The front-end files, embedded in the program and served with their hash in the path: a browser may cache them for
/// ever and never shows an old one.
/// </summary>
internal sealed class AssetFiles
{
    private const string Folder = "assets/";
    private const int HashDigits = 16;
    private readonly FrozenDictionary<string, Asset> byName;

    public AssetFiles()
    {
        var assembly = Assembly.GetExecutingAssembly();
        byName = assembly
            .GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Select(name => Read(assembly, name))
            .ToFrozenDictionary(asset => asset.Name);
    }

    /// <summary>The names of all files.</summary>
    public IEnumerable<string> Names => byName.Keys;

    /// <summary>The path of a file, with its hash.</summary>
    public string Url(string name) => $"/assets/{byName[name].Hash}/{name}";

    /// <summary>A file by its name and hash; null if it is missing or has another hash.</summary>
    public Asset? Find(string hash, string name) =>
        byName.GetValueOrDefault(name) is { } asset && asset.Hash == hash ? asset : null;

    private static Asset Read(Assembly assembly, string resource)
    {
        using var stream = assembly.GetManifestResourceStream(resource)!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        var content = bytes.ToArray();
        var hash = Convert.ToHexStringLower(SHA256.HashData(content))[..HashDigits];
        return new Asset(resource[Folder.Length..], hash, content);
    }
}

/// <summary>An embedded front-end file.</summary>
/// <param name="Name">The file's name, without a folder.</param>
/// <param name="Hash">The first digits of its SHA-256.</param>
/// <param name="Content">The file's bytes.</param>
internal sealed record Asset(string Name, string Hash, byte[] Content)
{
    public string ContentType =>
        Path.GetExtension(Name) switch
        {
            ".css" => "text/css; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            ".svg" => "image/svg+xml",
            _ => "text/plain; charset=utf-8",
        };
}

/// <summary>Serves the front-end files.</summary>
internal static class AssetEndpoints
{
    public static void MapAssets(this IEndpointRouteBuilder routes) =>
        routes
            .MapGet(
                "/assets/{hash}/{name}",
                (string hash, string name, AssetFiles assets, HttpResponse response) =>
                {
                    if (assets.Find(hash, name) is not { } asset)
                    {
                        return Results.NotFound();
                    }

                    response.Headers.CacheControl = "public, max-age=31536000, immutable";
                    return Results.Bytes(asset.Content, asset.ContentType);
                }
            )
            .AllowAnonymous();
}
