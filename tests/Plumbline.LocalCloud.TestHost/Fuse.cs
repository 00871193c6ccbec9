using System.Diagnostics;
using Plumbline.LocalCloud.State;

namespace Plumbline.LocalCloud.TestHost;

/// <summary>Kills this process after a number of commits, like a power loss.</summary>
internal sealed class Fuse
{
    private readonly Lock gate = new();
    private int left = -1;

    public Fuse(Database database) => database.Committed += Burn;

    public void Light(int commits)
    {
        lock (gate)
        {
            left = commits;
        }
    }

    private void Burn()
    {
        // While the process dies, another thread must not set the count again and report it.
        lock (gate)
        {
            if (--left == 0)
            {
                Process.GetCurrentProcess().Kill();
            }
        }
    }
}
