using System.Diagnostics;
using Plumbline.LocalCloud.State;

namespace KilledCloud;

/// <summary>Kills this process after a number of commits, as a power switch would.</summary>
public sealed class Fuse
{
    private int left = -1;

    public Fuse(Database database) => database.Committed += Burn;

    public void Light(int commits) => Volatile.Write(ref left, commits);

    private void Burn()
    {
        if (Interlocked.Decrement(ref left) == 0)
        {
            Process.GetCurrentProcess().Kill();
        }
    }
}
