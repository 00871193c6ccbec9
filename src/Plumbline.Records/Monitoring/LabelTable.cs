using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using Plumbline.Records.GroundTruth;

namespace Plumbline.Records.Monitoring;

/// <summary>
/// Labels by join key, 16 bytes per entry: a million labels take 32 MB. An entry has 96 bits of the key's hash; two of
/// a million keys have the same bits once in 10^17 runs.
/// </summary>
internal sealed class LabelTable
{
    /// <summary>The class of an entry without a label (yet).</summary>
    public const int NoLabel = 0x3FFF;

    private const ushort Free = 0xFFFF;
    private const int Matched = 0x8000;
    private const int Volunteered = 0x4000;

    private Entry[] entries = NewEntries(1 << 10);
    private int used;
    private int labels;

    /// <summary>Labels whose entries are being fetched into the cache; they are not in the table yet.</summary>
    private readonly (Key Key, int Label)[] fetched = new (Key, int)[16];
    private int waiting;

    /// <summary>The number of classes that an entry can distinguish.</summary>
    public static int MostClasses => NoLabel - 1;

    /// <summary>The number of keys with a label.</summary>
    public int Labels
    {
        get
        {
            SetFetched();
            return labels;
        }
    }

    /// <summary>The number of labels that matched a capture.</summary>
    public int MatchedLabels { get; private set; }

    /// <summary>Reserves room for this many keys, before the first.</summary>
    public void Expect(long keys)
    {
        keys = Math.Min(keys * 10 / 7, 1 << 28);
        if (used == 0 && keys > entries.Length)
            entries = NewEntries((int)BitOperations.RoundUpToPowerOf2((ulong)keys));
    }

    /// <summary>
    /// Fetches the key's entry into the cache while other work goes on. In a table larger than the processor's caches,
    /// waiting for the entry costs as much as reading the line.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public unsafe void Prefetch(in Key key)
    {
        if (!Sse.IsSupported)
            return;
        fixed (Entry* entry = &entries[key.Hash & ((ulong)entries.Length - 1)])
            Sse.Prefetch0(entry);
    }

    /// <summary>Sets the label of a key; a later label replaces it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Set(in Key key, int label)
    {
        Prefetch(key);
        fetched[waiting++] = (key, label);
        if (waiting == fetched.Length)
            SetFetched();
    }

    /// <summary>Records that all answers of the key were volunteered, or that not all were.</summary>
    public void SetVolunteered(in Key key, bool volunteered)
    {
        SetFetched();
        ref var value = ref Add(key).Value;
        value = (ushort)(volunteered ? value | Volunteered : value & ~Volunteered);
    }

    /// <summary>Returns the label of a capture's row.</summary>
    /// <param name="key">The row's key.</param>
    /// <param name="volunteered">True if the label was only volunteered.</param>
    /// <param name="again">True if an earlier capture had the key.</param>
    /// <returns>The class index; -1 without a label.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Match(in Key key, out bool volunteered, out bool again)
    {
        SetFetched();
        ref var value = ref Find(key).Value;
        volunteered = again = false;
        if (value == Free || (value & NoLabel) == NoLabel)
            return -1;
        volunteered = (value & Volunteered) != 0;
        again = (value & Matched) != 0;
        if (!again)
            MatchedLabels++;
        value |= Matched;
        return value & NoLabel;
    }

    /// <summary>True if the key has a label that counts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Has(in Key key)
    {
        SetFetched();
        var value = Find(key).Value;
        return value != Free && (value & NoLabel) != NoLabel && (value & Volunteered) == 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SetFetched()
    {
        for (var i = 0; i < waiting; i++)
        {
            ref var value = ref Add(fetched[i].Key).Value;
            if ((value & NoLabel) == NoLabel)
                labels++;
            value = (ushort)((value & ~NoLabel) | fetched[i].Label);
        }
        waiting = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private ref Entry Add(in Key key)
    {
        ref var entry = ref Find(key);
        if (entry.Value != Free)
            return ref entry;
        if ((used + 1) * 10L > entries.Length * 7L)
        {
            Grow();
            entry = ref Find(key);
        }
        used++;
        entry = new Entry(key.Hash, key.Check, NoLabel);
        return ref entry;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private ref Entry Find(in Key key)
    {
        var slot = key.Hash;
        var mask = (ulong)entries.Length - 1;
        while (true)
        {
            ref var entry = ref entries[slot & mask];
            if (entry.Value == Free || (entry.Hash == key.Hash && entry.Check == key.Check))
                return ref entry;
            slot++;
        }
    }

    private void Grow()
    {
        var old = entries;
        entries = NewEntries(old.Length * 2);
        foreach (ref readonly var entry in old.AsSpan())
        {
            if (entry.Value != Free)
                Find(new Key(entry.Hash, entry.Check, 0)) = entry;
        }
    }

    private static Entry[] NewEntries(int length)
    {
        var entries = new Entry[length];
        Array.Fill(entries, new Entry(0, 0, Free));
        return entries;
    }

    private struct Entry(ulong hash, uint check, ushort value)
    {
        public readonly ulong Hash = hash;
        public readonly uint Check = check;
        public ushort Value = value;
    }

    /// <summary>The hashes of a join key.</summary>
    /// <param name="Hash">Its place in the table.</param>
    /// <param name="Check">Distinguishes it from other keys at the same place.</param>
    /// <param name="Position">Its place in the audit sample, in [0, 1).</param>
    public readonly record struct Key(ulong Hash, uint Check, double Position)
    {
        /// <param name="joinKey">The key in UTF-8.</param>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public static Key Of(ReadOnlySpan<byte> joinKey)
        {
            var audit = AuditSample.Hash(joinKey);
            return new Key(XxHash64.Hash(joinKey), (uint)audit, AuditSample.Position(audit));
        }
    }
}
