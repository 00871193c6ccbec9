using System.Runtime.InteropServices;

namespace Plumbline.XGBoost.Native;

internal sealed class BoosterHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle() => LibXGBoost.XGBoosterFree(handle) == 0;
}
