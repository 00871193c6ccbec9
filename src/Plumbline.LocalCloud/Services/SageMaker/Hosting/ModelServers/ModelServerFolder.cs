using System.Globalization;
using System.Text.Json;
using Plumbline.LocalCloud.Gateway.Credentials;
using Plumbline.LocalCloud.State.Removal;

namespace Plumbline.LocalCloud.Services.SageMaker.Hosting.ModelServers;

/// <summary>A model server's folder: the process's files, and state for the next run of the local cloud.</summary>
internal sealed class ModelServerFolder(string path)
{
    /// <summary>The folder itself, which also contains the supervisor's files.</summary>
    public string Path => path;

    /// <summary>The folder that the program sees as <c>/opt/ml</c>.</summary>
    public string Root => At("ml");

    /// <summary>The folder that the model is unpacked into.</summary>
    public string Model => System.IO.Path.Combine(Root, "model");

    /// <summary>The folder for code that is not in the model's archive.</summary>
    public string Code => System.IO.Path.Combine(Root, "code");

    /// <summary>The file of the program's output.</summary>
    public string Log => At("log");

    /// <summary>True if the model is completely unpacked.</summary>
    public bool IsReady => File.Exists(At("ready"));

    /// <summary>The loopback port that the process listens on, or null if it is reached through its relay.</summary>
    public int? Port =>
        File.Exists(At("port"))
        && int.TryParse(File.ReadAllText(At("port")), CultureInfo.InvariantCulture, out var port)
            ? port
            : null;

    /// <summary>The process's credentials; null if it has none yet.</summary>
    public CredentialGrant? Grant =>
        File.Exists(At("grant")) ? JsonSerializer.Deserialize<CredentialGrant>(File.ReadAllText(At("grant"))) : null;

    /// <summary>True if the process was ended for exceeding its disk, and the folder was not recreated since.</summary>
    public bool IsFull => File.Exists(At("full"));

    /// <summary>Recreates the folder without a model; only its owner has access.</summary>
    public void Clear()
    {
        Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.Delete(At("ready"));
        if (IsFull)
        {
            // The log may be the file that exceeded the disk. All its lines were sent.
            File.Delete(Log);
            File.Delete(At("sent"));
            File.Delete(At("full"));
        }

        Trash.RemoveOf(path, Root);
        Directory.CreateDirectory(Model);
    }

    /// <summary>Marks the model as completely unpacked.</summary>
    public void MarkReady() => File.WriteAllText(At("ready"), "");

    /// <summary>Marks the folder as too large, so that it is recreated, and adds the reason to the log.</summary>
    public void MarkFull(string reason)
    {
        File.WriteAllText(At("full"), "");
        File.Delete(At("ready"));
        File.AppendAllText(Log, reason + "\n");
    }

    /// <summary>Stores the port on which the process will listen; null if it is reached through its relay.</summary>
    public void Remember(int? port) =>
        File.WriteAllText(At("port"), port?.ToString(CultureInfo.InvariantCulture) ?? "");

    public void Remember(CredentialGrant grant) => File.WriteAllText(At("grant"), JsonSerializer.Serialize(grant));

    public void Delete() => Trash.RemoveOf(path, path);

    private string At(string name) => System.IO.Path.Combine(path, name);
}
