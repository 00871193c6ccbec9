using System.Runtime.InteropServices;

namespace Plumbline.Serving.Onnx;

/// <summary>The memory of one run at a time: the examples of a batch as the model takes them, and its answers.</summary>
internal sealed unsafe class RunBuffer : IDisposable
{
    private readonly int bytes;
    private byte* memory;

    public RunBuffer(int max, int exampleBytes, int answerWidth)
    {
        bytes = max * exampleBytes;
        memory = (byte*)NativeMemory.AllocZeroed((nuint)bytes);
        Texts = new string[max];
        Array.Fill(Texts, "");
        Answers = new float[max * answerWidth];
    }

    public nint Address => (nint)memory;

    public Span<byte> Examples => new(memory, bytes);

    /// <summary>One text for each example, if the model takes texts.</summary>
    public string[] Texts { get; }

    /// <summary>The answers, one row for each example.</summary>
    public float[] Answers { get; }

    public void Dispose()
    {
        NativeMemory.Free(memory);
        memory = null;
    }
}
