using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.Services.CodeBuild.Builds;

/// <summary>A build's files: its checkout, its script, what the script reports, its process.</summary>
internal sealed class BuildFolder(DataFolder data, string buildId)
{
    /// <summary>Where the checkout and the script are seen from inside the build.</summary>
    public const string Inside = "/opt/codebuild";

    public string Root => Path.Combine(data.Folder("builds"), buildId.Split(':')[^1]);

    /// <summary>The folder that the build sees and may write.</summary>
    public string Work => Path.Combine(Root, "work");

    public string Source => Path.Combine(Work, "src");

    public string Script => Path.Combine(Work, "build.sh");

    public string PhaseReport => Path.Combine(Work, "phases");

    public string Process => Path.Combine(Root, "process");

    /// <summary>A fresh folder: what an earlier attempt left of a checkout is gone.</summary>
    public void Renew()
    {
        Remove();
        Directory.CreateDirectory(Source);
        File.WriteAllText(PhaseReport, "");
    }

    public void Remove()
    {
        if (Directory.Exists(Root))
        {
            Directory.Delete(Root, recursive: true);
        }
    }
}
