using System.Buffers;
using System.Text.Json.Nodes;
using Microsoft.Win32.SafeHandles;
using Plumbline.Aws.Models;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Views.S3;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Services.S3.Checksums;
using Plumbline.LocalCloud.State.Objects;

namespace Plumbline.LocalCloud.Services.S3.Objects;

/// <summary>GetObject and HeadObject, which describe an object in the same way.</summary>
internal static class ObjectContent
{
    private const int Piece = 256 * 1024;

    /// <summary>Returns the object's description, and with a handle also its bytes.</summary>
    /// <param name="call">The request: range, part, conditions, overridden headers.</param>
    /// <param name="stored">The object.</param>
    /// <param name="handle">Its open file, closed after the answer is written; null for HeadObject.</param>
    /// <param name="now">Civil time.</param>
    public static AwsReply Reply(AwsCall call, StoredObject stored, SafeFileHandle? handle, DateTimeOffset now)
    {
        var output = Describe(stored);
        if (Preconditions.IsNotModified(call.Input, stored, now))
        {
            handle?.Dispose();
            return new AwsReply(new JsonObject { ["ETag"] = Quoted(stored.ETag), ["LastModified"] = Seconds(stored) })
            {
                Status = 304,
            };
        }

        var range = PartOf(call.Input, stored, output) ?? ByteRange.Read((string?)call.Input["Range"], stored.Size);
        if (range is not null)
        {
            output["ContentRange"] = range.Of(stored.Size);
        }
        else if (WantsChecksum(call.Input) && !output.ContainsKey("PartsCount"))
        {
            ChecksumAlgorithm.Copy(stored.Properties, output);
        }

        Override(call.Input, call.Operation.Input!, output);
        var (start, length) = range is null ? (0, stored.Size) : (range.Start, range.Length);
        output["ContentLength"] = length;
        return new AwsReply(output)
        {
            Status = range is null ? null : 206,
            BodyLength = length,
            WriteBodyAsync = handle is null
                ? null
                : (stream, cancellationToken) => CopyAsync(stored, handle, start, length, stream, cancellationToken),
        };
    }

    /// <summary>An ETag with the quotes that it has on the wire.</summary>
    public static string Quoted(string tag) => $"\"{tag}\"";

    /// <summary>LastModified in answers: S3 has no fractions of a second.</summary>
    public static long Seconds(StoredObject stored) => stored.LastModified.ToUnixTimeSeconds();

    private static JsonObject Describe(StoredObject stored)
    {
        var output = new JsonObject
        {
            ["ETag"] = Quoted(stored.ETag),
            ["LastModified"] = Seconds(stored),
            ["AcceptRanges"] = "bytes",
            ["VersionId"] = stored.Version,
        };
        Restore(stored.Properties, output);
        ObjectEncryption.AddTo(output, stored.Properties);
        if ((string?)stored.Properties["StorageClass"] is { } storageClass and not StorageClass.Standard)
        {
            output["StorageClass"] = storageClass;
        }

        if (TagSet.In(stored.Properties) is { Count: > 0 } tags)
        {
            output["TagCount"] = tags.Count;
        }

        return output;
    }

    /// <summary>
    /// Copies the object's description in the form of headers; leaves out an <c>Expires</c> that is not a time.
    /// </summary>
    private static void Restore(JsonObject properties, JsonObject output)
    {
        ObjectProperties.CopyDescription(properties, output);
        if (output.Time("Expires") is null)
        {
            output.Remove("Expires");
        }

        Encode(output);
        if (output["Metadata"] is JsonObject metadata)
        {
            Encode(metadata);
        }
    }

    private static void Encode(JsonObject headers)
    {
        foreach (var (name, value) in headers.ToList())
        {
            if (Tree.Text(value) is { } text)
            {
                headers[name] = HeaderText.Encode(text);
            }
        }
    }

    private static ByteRange? PartOf(JsonObject input, StoredObject stored, JsonObject output)
    {
        if (input.Int("PartNumber") is not { } number)
        {
            return null;
        }

        if (input.ContainsKey("Range"))
        {
            throw S3Errors.InvalidRequest("Cannot specify both Range header and partNumber query parameter");
        }

        var parts = ObjectParts.Of(stored);
        var sizes = parts?.Sizes ?? [stored.Size];
        if (number < 1 || number > sizes.Count)
        {
            throw new Aws.Errors.AwsException("InvalidPartNumber", 416, "The requested partnumber is not satisfiable");
        }

        if (parts is not null)
        {
            output["PartsCount"] = sizes.Count;
        }

        if (WantsChecksum(input))
        {
            AddChecksum(output, stored, parts, number);
        }

        return sizes[number - 1] == 0 ? null : new ByteRange(sizes.Take(number - 1).Sum(), sizes[number - 1]);
    }

    private static bool WantsChecksum(JsonObject input) =>
        string.Equals((string?)input["ChecksumMode"], "ENABLED", StringComparison.OrdinalIgnoreCase);

    /// <summary>A part has its own checksum; an object that was uploaded whole is one part.</summary>
    private static void AddChecksum(JsonObject output, StoredObject stored, ObjectParts? parts, int number)
    {
        if (parts is null)
        {
            ChecksumAlgorithm.Copy(stored.Properties, output);
        }
        else if (parts.Checksums is not null)
        {
            output[ChecksumAlgorithm.Member(parts.Algorithm!)] = parts.Checksums[number - 1];
            output["ChecksumType"] = parts.ChecksumType;
        }
    }

    private static void Override(JsonObject input, Shape shape, JsonObject output)
    {
        const string prefix = "Response";
        foreach (var (name, value) in input)
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal))
            {
                output[name[prefix.Length..]] = Tree.Text(value) is { } text
                    ? HeaderText.Override(shape.Members[name].LocationName!, text)
                    : value?.DeepClone();
            }
        }
    }

    private static async Task CopyAsync(
        StoredObject stored,
        SafeFileHandle handle,
        long start,
        long length,
        Stream target,
        CancellationToken cancellationToken
    )
    {
        using var _ = handle;
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Clamp(length, 1, Piece));
        try
        {
            var end = start + length;
            while (start < end)
            {
                var wanted = (int)Math.Min(buffer.Length, end - start);
                var read = RandomAccess.Read(handle, buffer.AsSpan(0, wanted), start);
                if (read == 0)
                {
                    throw new EndOfStreamException("An object's file is shorter than its row says.");
                }

                ReadCheck.Check(stored, buffer.AsSpan(0, read));
                await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
                start += read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
