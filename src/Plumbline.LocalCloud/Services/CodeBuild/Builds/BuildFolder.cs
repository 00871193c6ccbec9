using System.Text.Json.Nodes;
using Plumbline.LocalCloud.State;
using Plumbline.LocalCloud.State.Removal;

namespace Plumbline.LocalCloud.Services.CodeBuild.Builds;

/// <summary>A build's files: its checkout, its script, what the script reports, its process.</summary>
internal sealed class BuildFolder(DataFolder data, string buildId)
{
    /// <summary>Where the checkout and the script are seen from inside the build.</summary>
    public const string Inside = "/opt/codebuild";

    private const string PhaseFile = "phases";

    public string Root => Path.Combine(data.Folder("builds"), buildId.Split(':')[^1]);

    /// <summary>The folder that the build sees and may write.</summary>
    public string Work => Path.Combine(Root, "work");

    public string Source => Path.Combine(Work, "src");

    public string Script => Path.Combine(Work, "build.sh");

    /// <summary>Where the build's script says how far it is.</summary>
    public string PhaseReport => Path.Combine(Work, PhaseFile);

    /// <summary>The phases as the script reports them.</summary>
    public IReadOnlyList<JsonObject> ReadPhases() => Builds.PhaseReport.Read(Work, PhaseFile);

    public string Process => Path.Combine(Root, "process");

    /// <summary>True where the build was ended because its files outgrew its disk.</summary>
    public bool IsFull => File.Exists(Full);

    private string Full => Path.Combine(Root, "full");

    /// <summary>A fresh folder: what an earlier attempt left of a checkout is gone.</summary>
    public void Renew()
    {
        Remove();
        Directory.CreateDirectory(Source);
        File.WriteAllText(PhaseReport, "");
    }

    /// <summary>The build is to be ended for its files; the next server knows it too.</summary>
    public void MarkFull() => File.WriteAllText(Full, "");

    /// <summary>Removes the folder, whatever the build has left in it.</summary>
    public void Remove() => Trash.Remove(Root, data.Root);
}
