using Plumbline.Testing;

namespace Plumbline.Scenarios.Tests.OnAws.Images;

/// <summary>What stands in for the internet. All else of a Dockerfile is done as it says.</summary>
internal static class StandIns
{
    /// <summary>What Microsoft's image has that matters here; no libgomp and no libxgboost are among it. .NET itself is mounted.</summary>
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

    // As auditwheel names what it takes into a wheel.
    private const string Hash = "24e2ab19";

    /// <summary>Makes the root of an image that another registry has.</summary>
    public static async Task PullAsync(Stage stage, string root)
    {
        if (stage.Base.StartsWith("mcr.microsoft.com/dotnet/aspnet:10.", StringComparison.Ordinal))
        {
            await DebianRoot.AddAsync(root, Base);
            foreach (var folder in (string[])["usr/local/bin", "usr/share/dotnet", "tmp", "root", "dev", "proc", "opt"])
            {
                Directory.CreateDirectory(Path.Combine(root, folder));
            }

            File.CreateSymbolicLink(Path.Combine(root, "usr/bin/dotnet"), "/usr/share/dotnet/dotnet");
        }
        else if (stage.Base.StartsWith("public.ecr.aws/docker/library/python:3.", StringComparison.Ordinal))
        {
            // Python is not run: the one step of this stage is replaced below.
            Directory.CreateDirectory(root);
        }
        else
        {
            throw new NotSupportedException($"{stage.From.Place}: nothing stands in for {stage.Base}.");
        }
    }

    /// <summary>Does what a step that needs the internet does; false where the step is to be run as it is.</summary>
    public static async Task<bool> ReplaceAsync(Instruction run, string root)
    {
        switch (run.Text)
        {
            // Debian's mirrors are not reached from within a root: the packages are put into it.
            case var text when text.StartsWith("apt-get update && apt-get install -y ", StringComparison.Ordinal):
                await DebianRoot.AddAsync(
                    root,
                    text.Split(" && ")[1].Split(' ')[2..].Where(word => !word.StartsWith('-'))
                );
                return true;
            // PyPI is not reached either: its wheel's files are made of Debian's library.
            case var text when text.StartsWith("pip download ", StringComparison.Ordinal):
                await WheelAsync(Path.Combine(root, "xgboost"));
                return true;
            default:
                return false;
        }
    }

    /// <summary>
    /// A wheel as auditwheel leaves it: the library wants an OpenMP whose name has a hash, and looks for it by a way that begins at
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
        // Debian's has one more library of its own, which needs OpenMP too.
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

    /// <summary>One change a call: two at once leave a file that cannot be loaded.</summary>
    private static async Task PatchAsync(string file, params string[] change) =>
        (await Shell.RunAsync("patchelf", [.. change, file])).Succeeded();
}
