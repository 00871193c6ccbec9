using System.Buffers.Binary;
using System.Text;

namespace Plumbline.XGBoost.Formats;

/// <summary>
/// A Booster of Python's xgboost package as a pickle, which AWS's images up to 1.2 leave as their model. It is written
/// without Python, and read without executing it.
/// </summary>
public static class BoosterPickle
{
    private const string State = "handle";
    private const string BestRound = "best_iteration";
    private const string BestTrees = "best_ntree_limit";

    /// <summary>True where bytes begin as Python's pickles of protocol 2 and later do.</summary>
    public static bool IsPickle(ReadOnlySpan<byte> bytes) =>
        bytes.Length > 2 && bytes[0] == 0x80 && bytes[1] is >= 2 and <= 5;

    /// <param name="state">What <see cref="Booster.Serialize"/> gives.</param>
    /// <param name="rounds">Rounds of the model.</param>
    /// <param name="parallelTrees">Trees of a round, for each class.</param>
    public static byte[] Write(ReadOnlySpan<byte> state, int rounds, int parallelTrees)
    {
        using var pickle = new MemoryStream();
        pickle.Write([0x80, 4]);
        // The class, an object of it made without arguments, and its state: a dictionary whose items follow.
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

    /// <summary>The state of a pickled Booster, and how many trees of each class its predict takes; null for all.</summary>
    /// <exception cref="XGBoostException">It is another pickle, or damaged.</exception>
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
