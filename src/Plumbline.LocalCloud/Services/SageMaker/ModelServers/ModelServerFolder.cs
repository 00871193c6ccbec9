using System.Globalization;
using System.Text.Json;
using Plumbline.LocalCloud.Gateway.Credentials;
using Plumbline.LocalCloud.State.Removal;

namespace Plumbline.LocalCloud.Services.SageMaker.ModelServers;

/// <summary>A model server's folder: its process's files, and what the next server of the local cloud must know of it.</summary>
internal sealed class ModelServerFolder(string path)
{
    /// <summary>The folder; the process's own files lie in it.</summary>
    public string Path => path;

    /// <summary>The folder that the program sees as <c>/opt/ml</c>.</summary>
    public string Root => At("ml");

    /// <summary>Where the model is unpacked.</summary>
    public string Model => System.IO.Path.Combine(Root, "model");

    /// <summary>Where code that lies apart from the model is unpacked.</summary>
    public string Code => System.IO.Path.Combine(Root, "code");

    /// <summary>The program's output.</summary>
    public string Log => At("log");

    /// <summary>True where the model is all there.</summary>
    public bool IsReady => File.Exists(At("ready"));

    /// <summary>The loopback port that the process was told, or null: it is reached through its relay.</summary>
    public int? Port =>
        File.Exists(At("port"))
        && int.TryParse(File.ReadAllText(At("port")), CultureInfo.InvariantCulture, out var port)
            ? port
            : null;

    /// <summary>The process's credentials.</summary>
    public CredentialGrant? Grant =>
        File.Exists(At("grant")) ? JsonSerializer.Deserialize<CredentialGrant>(File.ReadAllText(At("grant"))) : null;

    /// <summary>True where the process was ended because its files outgrew its disk, and nothing was made anew since.</summary>
    public bool IsFull => File.Exists(At("full"));

    /// <summary>Makes the folder anew, for its owner only, without a model yet.</summary>
    public void Clear()
    {
        Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.Delete(At("ready"));
        if (IsFull)
        {
            // The log may be the file that outgrew it, and was sent.
            File.Delete(Log);
            File.Delete(At("sent"));
            File.Delete(At("full"));
        }

        Trash.RemoveOf(path, Root);
        Directory.CreateDirectory(Model);
    }

    /// <summary>The model is all there.</summary>
    public void MarkReady() => File.WriteAllText(At("ready"), "");

    /// <summary>The process is to be ended for its files, which are then made anew; its log says so.</summary>
    public void MarkFull(string reason)
    {
        File.WriteAllText(At("full"), "");
        File.Delete(At("ready"));
        File.AppendAllText(Log, reason + "\n");
    }

    /// <summary>Writes down how the process will be reached.</summary>
    public void Remember(int? port) =>
        File.WriteAllText(At("port"), port?.ToString(CultureInfo.InvariantCulture) ?? "");

    /// <summary>Writes down the process's credentials.</summary>
    public void Remember(CredentialGrant grant) => File.WriteAllText(At("grant"), JsonSerializer.Serialize(grant));

    /// <summary>Removes all.</summary>
    public void Delete() => Trash.RemoveOf(path, path);

    private string At(string name) => System.IO.Path.Combine(path, name);
}
