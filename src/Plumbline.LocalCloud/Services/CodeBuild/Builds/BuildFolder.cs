using Plumbline.Aws.Views.CodeBuild;
using Plumbline.LocalCloud.State;
using Plumbline.LocalCloud.State.Removal;

namespace Plumbline.LocalCloud.Services.CodeBuild.Builds;

/// <summary>A build's files: its checkout, its script, the phases that the script reports, its process.</summary>
internal sealed class BuildFolder(DataFolder data, string buildId)
{
    /// <summary>The path of the checkout and the script inside the build.</summary>
    public const string Inside = "/opt/codebuild";

    private const string PhaseFile = "phases";

    public string Root => Path.Combine(data.Folder("builds"), buildId.Split(':')[^1]);

    /// <summary>The folder that the build sees and may write to.</summary>
    public string Work => Path.Combine(Root, "work");

    public string Source => Path.Combine(Work, "src");

    public string Script => Path.Combine(Work, "build.sh");

    /// <summary>The file in which the build's script reports its progress.</summary>
    public string PhaseReport => Path.Combine(Work, PhaseFile);

    /// <summary>Reads the phases that the script has reported.</summary>
    public IReadOnlyList<BuildPhase> ReadPhases() => Builds.PhaseReport.Read(Work, PhaseFile);

    public string Process => Path.Combine(Root, "process");

    /// <summary>True if the build was ended because its files exceeded its disk.</summary>
    public bool IsFull => File.Exists(Full);

    private string Full => Path.Combine(Root, "full");

    /// <summary>Makes an empty folder; removes what an earlier attempt left.</summary>
    public void Renew()
    {
        Remove();
        Directory.CreateDirectory(Source);
        File.WriteAllText(PhaseReport, "");
    }

    /// <summary>Notes, also for the next server, that the build is ended because of its files.</summary>
    public void MarkFull() => File.WriteAllText(Full, "");

    /// <summary>Removes the folder, whatever the build has left in it.</summary>
    public void Remove() => Trash.Remove(Root, data.Root);
}
