using System.Diagnostics;
using Plumbline.LocalCloud.State;

namespace KilledCloud;

/// <summary>Kills this process after a number of commits, as a power switch would.</summary>
public sealed class Fuse
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
        // Nobody lights it anew, and says so, while the process dies.
        lock (gate)
        {
            if (--left == 0)
            {
                Process.GetCurrentProcess().Kill();
            }
        }
    }
}
