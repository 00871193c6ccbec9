using System.Buffers.Binary;
using System.Text;
using Plumbline.XGBoost.Native;

namespace Plumbline.XGBoost.Formats;

/// <summary>
/// A pickled Booster of Python's xgboost package, which is the model file of AWS's images up to 1.2. It is written
/// without Python, and read without being executed.
/// </summary>
public static class BoosterPickle
{
    private const string State = "handle";
    private const string BestRound = "best_iteration";
    private const string BestTrees = "best_ntree_limit";

    /// <summary>True if the bytes begin like a Python pickle of protocol 2 to 5.</summary>
    public static bool IsPickle(ReadOnlySpan<byte> bytes) =>
        bytes.Length > 2 && bytes[0] == 0x80 && bytes[1] is >= 2 and <= 5;

    /// <param name="state">The result of <see cref="Booster.Serialize"/>.</param>
    /// <param name="rounds">The number of the model's best rounds.</param>
    /// <param name="parallelTrees">The number of trees per round and class.</param>
    public static byte[] Write(ReadOnlySpan<byte> state, int rounds, int parallelTrees)
    {
        using var pickle = new MemoryStream();
        pickle.Write([0x80, 4]);
        // The class, an object of it created without arguments, and its state: a dictionary whose items follow.
        pickle.Write("cxgboost.core\nBooster\n)"u8);
        pickle.Write([0x81, (byte)'}', (byte)'(']);
        WriteText(pickle, State);
        pickle.Write("cbuiltins\nbytearray\nB"u8);
        WriteNumber(pickle, state.Length);
        pickle.Write(state);
        pickle.Write([0x85, (byte)'R']);
        WriteText(pickle, BestRound);
        pickle.WriteByte((byte)'J');
        WriteNumber(pickle, rounds - 1);
        WriteText(pickle, BestTrees);
        pickle.WriteByte((byte)'J');
        WriteNumber(pickle, rounds * parallelTrees);
        pickle.Write("ub."u8);
        return pickle.ToArray();
    }

    /// <summary>Returns a pickled Booster's state, and the trees per class that its predict uses; null: all.</summary>
    /// <exception cref="XGBoostException">The pickle is damaged, or does not contain a Booster.</exception>
    internal static (byte[] State, int? BestTrees) Read(ReadOnlySpan<byte> bytes)
    {
        var items = new PickleReader(bytes).ReadBooster();
        return items.GetValueOrDefault(State) is byte[] { Length: > 0 } state
            ? (state, items.GetValueOrDefault(BestTrees) is long trees and > 0 ? (int)trees : null)
            : throw new XGBoostException("loading a model: the pickled Booster holds no model: it was not trained");
    }

    private static void WriteText(Stream pickle, string text)
    {
        pickle.WriteByte((byte)'X');
        WriteNumber(pickle, text.Length);
        pickle.Write(Encoding.ASCII.GetBytes(text));
    }

    private static void WriteNumber(Stream pickle, int number)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        pickle.Write(bytes);
    }
}
