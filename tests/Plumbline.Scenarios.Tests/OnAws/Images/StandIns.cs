using Plumbline.Testing;

namespace Plumbline.Scenarios.Tests.OnAws.Images;

/// <summary>Replaces the internet for the steps that need it; all other steps of a Dockerfile run unchanged.</summary>
internal static class StandIns
{
    /// <summary>
    /// The relevant packages of Microsoft's images, which have neither libgomp nor libxgboost. .NET itself is mounted.
    /// </summary>
    private static readonly string[] Base =
    [
        "base-files",
        "bash",
        "ca-certificates",
        "coreutils",
        "dash",
        "findutils",
        "grep",
        "libc-bin",
        "libgcc-s1",
        "libssl3 | libssl3t64",
        "libstdc++6",
        "sed",
        "tzdata",
        "zlib1g",
    ];

    // The hash that auditwheel adds to the names of bundled libraries.
    private const string Hash = "24e2ab19";

    /// <summary>Makes the root of an image from another registry.</summary>
    public static async Task PullAsync(Stage stage, string root)
    {
        if (
            stage.Base.StartsWith("mcr.microsoft.com/dotnet/aspnet:10.", StringComparison.Ordinal)
            || stage.Base.StartsWith("mcr.microsoft.com/dotnet/sdk:10.", StringComparison.Ordinal)
        )
        {
            await DebianRoot.AddAsync(root, Base);
            foreach (var folder in (string[])["usr/local/bin", "usr/share/dotnet", "tmp", "root", "dev", "proc", "opt"])
            {
                Directory.CreateDirectory(Path.Combine(root, folder));
            }

            if (stage.Base.Contains("/sdk:", StringComparison.Ordinal))
            {
                Directory.CreateDirectory(Path.Combine(root, "usr/share/dotnet/sdk"));
            }

            File.CreateSymbolicLink(Path.Combine(root, "usr/bin/dotnet"), "/usr/share/dotnet/dotnet");
        }
        else if (stage.Base.StartsWith("public.ecr.aws/docker/library/python:3.", StringComparison.Ordinal))
        {
            // Python does not run, because the only step of this stage is replaced below.
            Directory.CreateDirectory(root);
        }
        else
        {
            throw new NotSupportedException($"{stage.From.Place}: nothing stands in for {stage.Base}.");
        }
    }

    /// <summary>Replaces a step that needs the internet; false if the step can run unchanged.</summary>
    public static async Task<bool> ReplaceAsync(Instruction run, string root)
    {
        switch (run.Text)
        {
            // A root cannot reach Debian's mirrors, so the packages are copied into it.
            case var text when text.StartsWith("apt-get update && apt-get install -y ", StringComparison.Ordinal):
                await DebianRoot.AddAsync(
                    root,
                    text.Split(" && ")[1].Split(' ')[2..].Where(word => !word.StartsWith('-'))
                );
                return true;
            // PyPI cannot be reached either, so the wheel's file is made from Debian's library.
            case var text when text.StartsWith("pip download ", StringComparison.Ordinal):
                await WheelAsync(Path.Combine(root, "xgboost"));
                return true;
            default:
                return false;
        }
    }

    /// <summary>
    /// A wheel like auditwheel's: the library needs an OpenMP with a hash in its name, and searches for it relative to
    /// its own folder.
    /// </summary>
    private static async Task WheelAsync(string wheel)
    {
        var library = Path.Combine(
            Directory.CreateDirectory(Path.Combine(wheel, "xgboost", "lib")).FullName,
            "libxgboost.so"
        );
        var others = Directory.CreateDirectory(Path.Combine(wheel, "xgboost.libs")).FullName;
        var installed = (await Shell.RunAsync("ldconfig", ["-p"])).Succeeded();
        string Installed(string name) =>
            installed
                .Split('\n')
                .First(line => line.Trim().StartsWith(name + " ", StringComparison.Ordinal))
                .Split(" => ")[1];

        File.Copy(Installed("libxgboost.so.0"), library);
        await PatchAsync(library, "--set-soname", "libxgboost.so");
        // Debian's build has one more library, which needs OpenMP too.
        var (openMp, dmlc) = ($"libgomp-{Hash}.so.1.0.0", $"libdmlc-{Hash}.so.0");
        foreach (var (name, hashed) in new[] { ("libgomp.so.1", openMp), ("libdmlc.so.0", dmlc) })
        {
            var copy = Path.Combine(others, hashed);
            File.Copy(Installed(name), copy);
            await PatchAsync(copy, "--set-soname", hashed);
            await PatchAsync(library, "--replace-needed", name, hashed);
        }

        await PatchAsync(Path.Combine(others, dmlc), "--replace-needed", "libgomp.so.1", openMp);
        await PatchAsync(library, "--force-rpath", "--set-rpath", "$ORIGIN/../../xgboost.libs");
    }

    /// <summary>One change per call: two changes in a call make a file that cannot be loaded.</summary>
    private static async Task PatchAsync(string file, params string[] change) =>
        (await Shell.RunAsync("patchelf", [.. change, file])).Succeeded();
}
