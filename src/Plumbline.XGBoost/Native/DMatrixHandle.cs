using System.Runtime.InteropServices;

namespace Plumbline.XGBoost.Native;

internal sealed class DMatrixHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle() => LibXGBoost.XGDMatrixFree(handle) == 0;
}
