using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Plumbline.Records.GroundTruth;

namespace Plumbline.Records.Monitoring;

/// <summary>Class names to class indexes, from UTF-8, so that labels and predictions are compared in one vocabulary.</summary>
public sealed class LabelNames
{
    private readonly Dictionary<ulong, int> byHash = [];
    private readonly byte[][] names;

    /// <summary>Names of one letter, the usual ones, without hashing.</summary>
    private readonly int[] letters = new int[256];

    /// <param name="labels">The project's labels, by class index.</param>
    public LabelNames(IReadOnlyList<string> labels)
    {
        names = [.. labels.Select(Encoding.UTF8.GetBytes)];
        Array.Fill(letters, -1);
        for (var i = 0; i < names.Length; i++)
        {
            byHash[XxHash64.Hash(names[i])] = i;
            if (names[i].Length == 1)
                letters[names[i][0]] = i;
        }
    }

    /// <summary>How many there are.</summary>
    public int Count => names.Length;

    /// <summary>
    /// The class of a text: a label's name, else a whole number that is a label's name (<c>3.0</c>), else that number as
    /// class index; -1 for anything else. A name always wins over an index.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int IndexOf(ReadOnlySpan<byte> text)
    {
        if (text.Length == 1 && letters[text[0]] >= 0)
            return letters[text[0]];
        text = text.Trim(" \r\n"u8);
        var index = Named(text);
        if (index < 0 && text is [(byte)'"', .. var quoted, (byte)'"'])
            return IndexOf(quoted);
        if (index >= 0 || !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            return index;
        if (number != Math.Floor(number) || Math.Abs(number) > int.MaxValue)
            return -1;
        index = Named(Encoding.UTF8.GetBytes(((int)number).ToString(CultureInfo.InvariantCulture)));
        return index >= 0 ? index
            : number >= 0 && number < Count ? (int)number
            : -1;
    }

    private int Named(ReadOnlySpan<byte> text) =>
        byHash.TryGetValue(XxHash64.Hash(text), out var index) && text.SequenceEqual(names[index]) ? index : -1;
}
