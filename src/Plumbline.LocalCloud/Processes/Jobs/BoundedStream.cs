using Plumbline.Aws.Protocols;

namespace Plumbline.LocalCloud.Processes.Jobs;

/// <summary>Reads another stream, up to a number of bytes.</summary>
/// <param name="inner">The other stream; its owner closes it.</param>
/// <param name="most">The maximum number of bytes.</param>
internal sealed class BoundedStream(Stream inner, long most) : BodyStream
{
    private long taken;

    /// <summary>Counts a cost in addition to the bytes that are read.</summary>
    /// <exception cref="InvalidDataException">The maximum is exceeded.</exception>
    public void Take(long bytes)
    {
        taken += bytes;
        if (taken > most)
        {
            throw new InvalidDataException(
                $"it holds more than {most / (1024 * 1024)} MiB, which is out of all proportion to its size."
            );
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await inner.ReadAsync(buffer, cancellationToken);
        Take(count);
        return count;
    }
}
