using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace Plumbline.Records.Data;

/// <summary>
/// A table from hashes to numbers in a temporary file, so that ten million of them take no memory of the process: a job's
/// <c>/tmp</c> is in memory, its scratch folder is not.
/// </summary>
public sealed class HashTable : IDisposable
{
    private const int Key = 16;
    private const int Slot = Key + sizeof(long);
    private const int FirstSlots = 1 << 16;
    private const int SlotsAtOnce = 8;
    private const int Window = 1 << 14;

    private readonly string folder;
    private TableFile file;
    private long count;

    /// <param name="folder">The folder of the file; created if it is missing.</param>
    public HashTable(string folder)
    {
        this.folder = folder;
        Directory.CreateDirectory(folder);
        file = New(FirstSlots);
    }

    /// <summary>The first half of a SHA-256, which is enough to recognize it.</summary>
    /// <param name="sha256">64 hex digits.</param>
    public static UInt128 KeyOf(string sha256) =>
        BinaryPrimitives.ReadUInt128BigEndian(Convert.FromHexString(sha256.AsSpan(0, 2 * Key)));

    /// <summary>The key of any text.</summary>
    public static UInt128 KeyOfText(string text) =>
        BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));

    /// <summary>Adds a number, if the key has none.</summary>
    /// <param name="key">A hash.</param>
    /// <param name="number">A number from 0.</param>
    /// <param name="known">The number that the key has from now on.</param>
    /// <returns>True if it was added.</returns>
    public bool TryAdd(UInt128 key, long number, out long known)
    {
        if (4 * (count + 1) > 3 * file.Slots)
            Grow();
        var (place, found) = Find(key);
        known = found < 0 ? number : found;
        if (found >= 0)
            return false;
        Write(place, key, number);
        count++;
        return true;
    }

    /// <summary>Gives a key a number, whether or not it has one.</summary>
    public void Set(UInt128 key, long number)
    {
        if (!TryAdd(key, number, out _))
            Write(Find(key).Place, key, number);
    }

    /// <summary>The number of a key; -1 if it has none.</summary>
    public long Of(UInt128 key) => Find(key).Number;

    public void Dispose() => file.Handle.Dispose();

    /// <summary>The slot of a key, and its number; the first free slot and -1 if the key is not there.</summary>
    private (long Place, long Number) Find(UInt128 key)
    {
        Span<byte> read = stackalloc byte[SlotsAtOnce * Slot];
        var place = (long)(ulong)key & (file.Slots - 1);
        while (true)
        {
            var many = (int)Math.Min(SlotsAtOnce, file.Slots - place);
            var slots = read[..(many * Slot)];
            RandomAccess.Read(file.Handle, slots, place * Slot);
            for (var i = 0; i < many; i++)
            {
                var slot = slots.Slice(i * Slot, Slot);
                var number = NumberOf(slot);
                if (number < 0 || BinaryPrimitives.ReadUInt128LittleEndian(slot) == key)
                    return (place + i, number);
            }
            place = (place + many) & (file.Slots - 1);
        }
    }

    private void Write(long place, UInt128 key, long number)
    {
        Span<byte> slot = stackalloc byte[Slot];
        BinaryPrimitives.WriteUInt128LittleEndian(slot, key);
        BinaryPrimitives.WriteInt64LittleEndian(slot[Key..], number + 1);
        RandomAccess.Write(file.Handle, slot, place * Slot);
    }

    /// <summary>
    /// Doubles the table. A number goes to the place that it had, or to the same place in the second half, so both halves
    /// are written from their begin to their end.
    /// </summary>
    private void Grow()
    {
        using var old = file.Handle;
        var half = file.Slots;
        file = New(2 * half);
        var (from, low, high) = (new byte[Window * Slot], new byte[Window * Slot], new byte[Window * Slot]);
        var late = new List<(UInt128 Key, long Number)>();
        for (long first = 0; first < half; first += Window)
        {
            RandomAccess.Read(old, from, first * Slot);
            low.AsSpan().Clear();
            high.AsSpan().Clear();
            for (var i = 0; i < Window; i++)
            {
                var slot = from.AsSpan(i * Slot, Slot);
                if (NumberOf(slot) is var number && number < 0)
                    continue;
                var key = BinaryPrimitives.ReadUInt128LittleEndian(slot);
                var home = (long)(ulong)key & (file.Slots - 1);
                // A number that was moved over the edge of a window has its home in another one.
                if (!TryPlace(home < half ? low : high, (home & (half - 1)) - first, slot))
                    late.Add((key, number));
            }
            RandomAccess.Write(file.Handle, low, first * Slot);
            RandomAccess.Write(file.Handle, high, (half + first) * Slot);
        }
        foreach (var (key, number) in late)
            Write(Find(key).Place, key, number);
    }

    private static bool TryPlace(byte[] window, long place, ReadOnlySpan<byte> slot)
    {
        for (; place is >= 0 and < Window; place++)
        {
            var free = window.AsSpan((int)place * Slot, Slot);
            if (NumberOf(free) >= 0)
                continue;
            slot.CopyTo(free);
            return true;
        }
        return false;
    }

    private static long NumberOf(ReadOnlySpan<byte> slot) => BinaryPrimitives.ReadInt64LittleEndian(slot[Key..]) - 1;

    private TableFile New(long slots)
    {
        var handle = File.OpenHandle(
            Path.Combine(folder, $"plumbline-table-{Guid.NewGuid():N}"),
            FileMode.CreateNew,
            FileAccess.ReadWrite,
            FileShare.None,
            FileOptions.DeleteOnClose
        );
        // The file has holes where nothing was written, and reads as zeros there.
        RandomAccess.SetLength(handle, slots * Slot);
        return new TableFile(handle, slots);
    }

    private readonly record struct TableFile(SafeFileHandle Handle, long Slots);
}
