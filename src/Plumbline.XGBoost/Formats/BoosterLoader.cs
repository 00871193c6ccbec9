using System.Globalization;
using Plumbline.XGBoost.Native;

namespace Plumbline.XGBoost.Formats;

/// <summary>Leads a model's bytes to the reader of their form, once they have been looked through.</summary>
internal static unsafe class BoosterLoader
{
    private delegate int Reader(BoosterHandle booster, byte* model, ulong length);

    /// <exception cref="XGBoostException">It is not a model in one of the forms.</exception>
    public static Booster Load(ReadOnlySpan<byte> model, int threads)
    {
        if (!BoosterPickle.IsPickle(model))
        {
            return Load(model, threads, LibXGBoost.XGBoosterLoadModelFromBuffer);
        }
        var (state, trees) = BoosterPickle.Read(model);
        var booster = SerializedState.Model(state) is { } inner
            ? Load(inner, threads, LibXGBoost.XGBoosterLoadModelFromBuffer)
            : Load(state, threads, LibXGBoost.XGBoosterUnserializeFromBuffer);
        return trees is { } best ? FirstTrees(booster, best) : booster;
    }

    private static Booster Load(ReadOnlySpan<byte> model, int threads, Reader read)
    {
        ModelBytes.Check(model);
        var booster = Booster.Create([]);
        try
        {
            fixed (byte* bytes = model)
            {
                NativeCall.Check(read(booster.Handle, bytes, (ulong)model.Length), "loading a model");
            }
            booster.SetParameters([new("nthread", threads.ToString(CultureInfo.InvariantCulture))]);
            return booster;
        }
        catch
        {
            booster.Dispose();
            throw;
        }
    }

    // Python's predict takes the trees up to the best round; a linear model has none.
    private static Booster FirstTrees(Booster booster, int trees)
    {
        var rounds = trees / Math.Max(1, booster.ParallelTrees);
        if (rounds < 1 || rounds >= booster.Rounds)
        {
            return booster;
        }
        var first = booster.FirstRounds(rounds);
        booster.Dispose();
        return first;
    }
}
