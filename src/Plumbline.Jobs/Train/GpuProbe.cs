using Plumbline.XGBoost;

namespace Plumbline.Jobs.Train;

/// <summary>
/// True where libxgboost can train on a GPU. It takes the first that it sees, and only one: on an instance with several the
/// others idle.
/// </summary>
internal static class GpuProbe
{
    /// <summary>
    /// Why it cannot; null where it can. Only a round tells: it needs a library with CUDA, a driver that suits it and a
    /// GPU that is free.
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
