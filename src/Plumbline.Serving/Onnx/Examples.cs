using System.Buffers;

namespace Plumbline.Serving.Onnx;

/// <summary>The examples of one request as the model takes them, and its answers, in pooled arrays.</summary>
internal sealed class Examples(int count, int exampleBytes, int answerWidth) : IDisposable
{
    private readonly byte[] bytes = ArrayPool<byte>.Shared.Rent(checked(count * exampleBytes));
    private readonly float[] answers = ArrayPool<float>.Shared.Rent(checked(count * answerWidth));

    public int Count => count;

    /// <summary>One text for each example of a model that takes texts.</summary>
    public string[] Texts { get; init; } = [];

    public Span<byte> Bytes => bytes.AsSpan(0, count * exampleBytes);

    /// <summary>The answers, one row for each example.</summary>
    public Span<float> Answers => answers.AsSpan(0, count * answerWidth);

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(bytes);
        ArrayPool<float>.Shared.Return(answers);
    }
}
