using System.Text;
using System.Text.Json.Nodes;

namespace Plumbline.LocalCloud.Tests.Fuzzing;

/// <summary>Damages valid requests: a tree in its kinds of values, a body in its bytes.</summary>
internal sealed class Mutation(Random random)
{
    private static readonly string[] OddHeaders =
    [
        "Range",
        "If-Match",
        "If-None-Match",
        "If-Modified-Since",
        "Expires",
        "Content-Encoding",
        "Content-Type",
        "Content-MD5",
        "Content-Disposition",
        "x-amz-acl",
        "x-amz-tagging",
        "x-amz-meta-a",
        "x-amz-copy-source",
        "x-amz-copy-source-range",
        "x-amz-storage-class",
        "x-amz-checksum-crc32",
        "x-amz-checksum-mode",
        "x-amz-server-side-encryption",
        "x-amz-decoded-content-length",
        "x-amzn-query-mode",
        "x-amzn-sagemaker-inference-id",
        "Accept-Encoding",
    ];

    private static readonly string[] OddValues =
    [
        "",
        "0",
        "-1",
        "\"x\"",
        "*",
        "bytes=0-",
        "bytes=5-1",
        "bytes=-99999999999999999999",
        "253402300800",
        "-62135596801",
        "1e300",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "gzip",
        "aws-chunked",
        "text/plain; charset=é",
        "a=b&c",
        "/bkt/k",
        "bkt/k?versionId=x",
        "AAAA",
        "ENABLED",
        "%zz",
    ];

    private static readonly string[] OddPairs =
    [
        "max-keys=-1",
        "max-keys=99999999999",
        "marker=%00",
        "prefix=%FF",
        "continuation-token=x",
        "versionId=x",
        "partNumber=0",
        "uploadId=x",
        "response-expires=253402300800",
        "response-content-type=%0a",
        "response-content-disposition=%C3%A9",
        "response-cache-control=%E2%82%AC",
        "encoding-type=x",
        "list-type=2",
        "delimiter=%00",
        "tagging",
        "versions",
        "uploads",
        "acl",
        "attributes",
    ];

    /// <summary>Puts a value of a kind that the shape does not allow somewhere into a tree.</summary>
    public void Spoil(JsonNode tree)
    {
        var at = tree;
        while (true)
        {
            if (at is JsonObject { Count: > 0 } members)
            {
                var name = members.ElementAt(random.Next(members.Count)).Key;
                if (members[name] is { } inner and not JsonValue && random.Next(3) > 0)
                {
                    at = inner;
                    continue;
                }

                members[name] = Odd(members[name]);
            }
            else if (at is JsonArray { Count: > 0 } list)
            {
                var place = random.Next(list.Count);
                if (list[place] is { } inner and not JsonValue && random.Next(3) > 0)
                {
                    at = inner;
                    continue;
                }

                list[place] = Odd(list[place]);
            }

            return;
        }
    }

    /// <summary>Changes, deletes, doubles or inserts a few bytes.</summary>
    public byte[] Spoil(ReadOnlySpan<byte> sent)
    {
        var bytes = sent.ToArray().ToList();
        for (var i = random.Next(1, 5); i > 0; i--)
        {
            var at = random.Next(bytes.Count + 1);
            switch (random.Next(4))
            {
                case 0 when at < bytes.Count:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1 when at < bytes.Count:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 9), bytes.Count - at));
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.Skip(at).Take(random.Next(1, 30)).ToList());
                    break;
                default:
                    bytes.Insert(at, (byte)random.Next(256));
                    break;
            }
        }

        return [.. bytes];
    }

    /// <summary>A header that some operation uses, with a value that is rarely valid.</summary>
    public (string Name, string Value) Header() =>
        (OddHeaders[random.Next(OddHeaders.Length)], OddValues[random.Next(OddValues.Length)]);

    /// <summary>A name and value for a query.</summary>
    public string Pair() => OddPairs[random.Next(OddPairs.Length)];

    private JsonNode? Odd(JsonNode? value) =>
        random.Next(9) switch
        {
            0 => null,
            1 => new JsonArray(),
            2 => new JsonObject(),
            3 => new JsonArray((JsonNode?)null),
            4 => true,
            5 => 1e20,
            6 => "253402300800",
            7 => new JsonArray(value?.DeepClone(), value?.DeepClone()),
            _ => Deep(),
        };

    private static JsonNode Deep()
    {
        JsonNode tree = JsonValue.Create(1);
        for (var i = 0; i < 60; i++)
        {
            tree = i % 2 == 0 ? new JsonArray(tree) : new JsonObject { ["a"] = tree };
        }

        return tree;
    }

    /// <summary>JSON nested so deeply that every reader with a limit refuses it.</summary>
    public static byte[] Nested(int depth) =>
        Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth));
}
