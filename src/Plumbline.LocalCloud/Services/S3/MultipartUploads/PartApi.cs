using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Views.S3;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Services.S3.Checksums;
using Plumbline.LocalCloud.Services.S3.Objects;
using Plumbline.LocalCloud.State;
using Plumbline.LocalCloud.State.Objects;

namespace Plumbline.LocalCloud.Services.S3.MultipartUploads;

/// <summary>Parts of an upload, sent or copied.</summary>
internal sealed class PartApi(
    MultipartUploadStore uploads,
    ObjectStore objects,
    ObjectFiles files,
    BucketStore buckets,
    CivilClock clock
)
{
    private const int MostParts = 10000;

    public async Task<JsonObject> UploadPart(AwsCall call)
    {
        ObjectProperties.Check(call);
        var upload = MultipartUploadApi.Find(uploads, call);
        var (part, content) = await TakeAsync(call, upload);
        var output = new JsonObject { ["ETag"] = ObjectContent.Quoted(part.ETag) };
        output[ChecksumAlgorithm.Member(content.Algorithm)] = content.Checksum;
        ObjectEncryption.AddTo(output, upload.Properties);
        return output;
    }

    public async Task<JsonObject> UploadPartCopy(AwsCall call)
    {
        ObjectProperties.Check(call);
        var upload = MultipartUploadApi.Find(uploads, call);
        var request = new UploadPartCopyRequest(call.Input);
        var named = CopySource.Read(request.CopySource);
        var (source, handle) = ObjectStore.Open(() => CopySource.Find(named, objects, buckets), files.Open);
        using var _ = handle;
        Preconditions.CheckSource(call.Input, source, clock.GetUtcNow());
        var range = ReadRange(request.CopySourceRange, source.Size);
        using var bytes = new FileSegments((() => handle, range.Start, range.Length));
        var (part, content) = await TakeAsync(call with { Body = bytes, BodyLength = range.Length }, upload);
        var result = new JsonObject
        {
            ["ETag"] = ObjectContent.Quoted(part.ETag),
            ["LastModified"] = part.Modified / 1000,
        };
        result[ChecksumAlgorithm.Member(content.Algorithm)] = content.Checksum;
        var output = new JsonObject { ["CopyPartResult"] = result, ["CopySourceVersionId"] = source.Version };
        ObjectEncryption.AddTo(output, upload.Properties);
        return output;
    }

    private async Task<(UploadedPart Part, ReceivedContent Content)> TakeAsync(AwsCall call, MultipartUpload upload)
    {
        var number = call.Input.Int("PartNumber") ?? 0;
        if (number is < 1 or > MostParts)
        {
            throw S3Errors.InvalidArgument(
                $"Part number must be an integer between 1 and {MostParts}, inclusive",
                "partNumber",
                $"{number}"
            );
        }

        var content = await ReceivedContent.TakeAsync(call, files, upload.ChecksumAlgorithm);
        var part = new UploadedPart(
            number,
            content.File,
            content.Size,
            content.ETag,
            content.Algorithm == upload.EffectiveAlgorithm ? content.Checksum : null,
            clock.GetUtcNow().ToUnixTimeMilliseconds()
        );
        await uploads.AddPartAsync(upload.Id, part);
        return (part, content);
    }

    private static ByteRange ReadRange(string? header, long size)
    {
        if (header is null)
        {
            return new ByteRange(0, size);
        }

        const string name = "x-amz-copy-source-range";
        if (!ByteRange.TryReadBounds(header, out var first, out var last) || first > last)
        {
            throw S3Errors.InvalidArgument(
                "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy",
                name,
                header
            );
        }

        if (first >= size)
        {
            throw S3Errors.InvalidRequest("The specified copy range is invalid for the source object size.");
        }

        return last < size
            ? new ByteRange(first, last - first + 1)
            : throw S3Errors.InvalidArgument(
                $"Range specified is not valid for source object of size: {size}",
                name,
                header
            );
    }
}
