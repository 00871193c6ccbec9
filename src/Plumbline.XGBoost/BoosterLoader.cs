using System.Globalization;
using Plumbline.XGBoost.Formats;
using Plumbline.XGBoost.Native;

namespace Plumbline.XGBoost;

/// <summary>Validates a model's bytes and loads them with the reader of their format.</summary>
internal static unsafe class BoosterLoader
{
    private delegate int Reader(BoosterHandle booster, byte* model, ulong length);

    /// <exception cref="XGBoostException">The bytes are not a valid model in a known format.</exception>
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

    // Python's predict uses only the trees up to the best round. A linear model has no trees.
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
