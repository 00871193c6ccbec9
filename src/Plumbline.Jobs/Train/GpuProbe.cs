using Plumbline.XGBoost;
using Plumbline.XGBoost.Native;

namespace Plumbline.Jobs.Train;

/// <summary>
/// Finds out if libxgboost can train on a GPU. libxgboost uses only the first GPU that it sees; other GPUs of the
/// instance are idle.
/// </summary>
internal static class GpuProbe
{
    /// <summary>
    /// Returns the reason why libxgboost cannot use a GPU, or null if it can. Only a trial round can tell: it needs a
    /// library with CUDA, a matching driver and a free GPU.
    /// </summary>
    public static string? Missing()
    {
        try
        {
            using var rows = DMatrix.FromRows([0, 1], columns: 1, labels: [0, 1]);
            using var booster = Booster.Create([new("tree_method", "gpu_hist"), new("verbosity", "0")], rows);
            booster.Update(0, rows);
            return null;
        }
        catch (XGBoostException e)
        {
            return e.Message;
        }
    }
}
