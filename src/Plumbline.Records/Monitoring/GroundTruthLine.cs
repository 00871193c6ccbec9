using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Plumbline.Aws.Formats;

namespace Plumbline.Records.Monitoring;

/// <summary>
/// The parts of a ground-truth line that the join needs. A search finds them in AWS's own layout; the parser reads any
/// other layout.
/// </summary>
internal ref struct GroundTruthLine
{
    /// <summary>The join key, unescaped.</summary>
    public ReadOnlySpan<byte> Key;

    public ReadOnlySpan<byte> Label;

    /// <exception cref="JsonException">The line is not a ground-truth record.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static GroundTruthLine Parse(ReadOnlySpan<byte> line)
    {
        var start = "{\"groundTruthData\":{\"data\":\""u8;
        var middle = "\",\"encoding\":\"CSV\"},\"eventMetadata\":{\"eventId\":\""u8;
        var end = "\"},\"eventVersion\":\"0\"}"u8;
        if (line.StartsWith(start) && line.EndsWith(end) && !line.Contains((byte)'\\'))
        {
            var inner = line[start.Length..^end.Length];
            var label = inner.IndexOf((byte)'"');
            if (label >= 0 && inner[label..].StartsWith(middle))
            {
                var key = inner[(label + middle.Length)..];
                if (!key.Contains((byte)'"'))
                    return new GroundTruthLine { Key = key, Label = inner[..label] };
            }
        }
        var record = GroundTruthRecord.Parse(line);
        return new GroundTruthLine
        {
            Key = Encoding.UTF8.GetBytes(record.EventId),
            Label = Encoding.UTF8.GetBytes(record.Data),
        };
    }
}
