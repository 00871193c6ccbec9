using Plumbline.Aws.Views.CodeBuild;
using Plumbline.LocalCloud.Processes.Jobs;

namespace Plumbline.LocalCloud.Services.CodeBuild.Builds;

/// <summary>Finds the buildspec of a build: in its request, or in its source.</summary>
internal static class BuildspecFile
{
    private const int LargestBuildspec = 1024 * 1024;

    /// <exception cref="BuildspecException">The file is missing, not an ordinary file, or too large.</exception>
    public static Buildspec Read(Build build, BuildFolder folder)
    {
        var given = build.Source.Buildspec;
        if (given is not null && given.Contains('\n', StringComparison.Ordinal))
        {
            return Buildspec.Parse(given, "buildspec");
        }

        var name = string.IsNullOrEmpty(given) ? "buildspec.yml" : given;
        try
        {
            var bytes = JobFiles.ReadWhole(folder.Source, name, LargestBuildspec);
            using var reader = new StreamReader(new MemoryStream(bytes));
            return Buildspec.Parse(reader.ReadToEnd(), name);
        }
        catch (LeftFileException exception)
        {
            throw new BuildspecException(exception.Message);
        }
    }
}
