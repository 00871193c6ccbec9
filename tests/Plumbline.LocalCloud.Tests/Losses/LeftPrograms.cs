using Plumbline.LocalCloud.Processes.Supervision;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.Losses;

/// <summary>Programs that a killed cloud leaves running on purpose.</summary>
internal static class LeftPrograms
{
    public static async Task EndAsync(string dataFolder)
    {
        foreach (var kind in (string[])["jobs", "servers"])
        {
            var folder = Path.Combine(dataFolder, kind);
            foreach (var one in Directory.Exists(folder) ? Directory.GetDirectories(folder) : [])
            {
                if (Supervisor.Adopt(one) is { HasEnded: false } process)
                {
                    await Supervisor.KillAsync(process);
                    await process.WaitAsync().InTimeAsync();
                }
            }
        }
    }
}
