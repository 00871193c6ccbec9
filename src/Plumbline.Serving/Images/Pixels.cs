using System.Runtime.InteropServices;

namespace Plumbline.Serving.Images;

/// <summary>An image of 4 bytes a pixel: red, green, blue, unused. Its memory is outside the heap.</summary>
internal sealed unsafe class Pixels(int width, int height) : IDisposable
{
    private byte* memory = (byte*)NativeMemory.Alloc((nuint)width * (nuint)height * 4);

    ~Pixels() => Free();

    public int Width => width;

    public int Height => height;

    public nint Address => (nint)memory;

    /// <summary>The bytes of a row, 4 for each pixel.</summary>
    public Span<byte> Row(int y) => new(memory + (long)y * width * 4, width * 4);

    /// <summary>The pixels of a row.</summary>
    public Span<uint> Line(int y) => MemoryMarshal.Cast<byte, uint>(Row(y));

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        NativeMemory.Free(memory);
        memory = null;
    }
}
