using System.Formats.Cbor;
using System.Globalization;

namespace Plumbline.Aws.Tests.Protocols;

/// <summary>
/// Writes CBOR as text that is the same for equal values, whatever the lengths and the order of members.
/// </summary>
internal static class CborText
{
    public static string Of(CborReader reader)
    {
        switch (reader.PeekState())
        {
            case CborReaderState.StartMap:
                var members = new SortedDictionary<string, string>(StringComparer.Ordinal);
                reader.ReadStartMap();
                while (reader.PeekState() != CborReaderState.EndMap)
                {
                    var name = reader.ReadTextString();
                    members[name] = Of(reader);
                }

                reader.ReadEndMap();
                return "{" + string.Join(",", members.Select(member => $"{member.Key}:{member.Value}")) + "}";
            case CborReaderState.StartArray:
                var items = new List<string>();
                reader.ReadStartArray();
                while (reader.PeekState() != CborReaderState.EndArray)
                {
                    items.Add(Of(reader));
                }

                reader.ReadEndArray();
                return "[" + string.Join(",", items) + "]";
            case CborReaderState.Tag:
                return $"{(ulong)reader.ReadTag()}({Of(reader)})";
            case CborReaderState.TextString or CborReaderState.StartIndefiniteLengthTextString:
                return $"'{reader.ReadTextString()}'";
            case CborReaderState.ByteString or CborReaderState.StartIndefiniteLengthByteString:
                return $"h'{Convert.ToHexString(reader.ReadByteString())}'";
            case CborReaderState.UnsignedInteger or CborReaderState.NegativeInteger:
                return reader.ReadInt64().ToString(CultureInfo.InvariantCulture);
            case CborReaderState.Boolean:
                return reader.ReadBoolean() ? "true" : "false";
            case CborReaderState.Null:
                reader.ReadNull();
                return "null";
            default:
                return reader.ReadDouble().ToString("R", CultureInfo.InvariantCulture);
        }
    }
}
