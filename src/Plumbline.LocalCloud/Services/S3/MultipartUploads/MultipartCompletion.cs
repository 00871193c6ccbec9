using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.Win32.SafeHandles;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Views.S3;
using Plumbline.LocalCloud.Services.S3.Checksums;
using Plumbline.LocalCloud.Services.S3.Objects;
using Plumbline.LocalCloud.State.Objects;

namespace Plumbline.LocalCloud.Services.S3.MultipartUploads;

/// <summary>Makes an object from an upload's parts.</summary>
internal sealed class MultipartCompletion(MultipartUploadStore uploads, ObjectStore objects, ObjectFiles files)
{
    private const string UploadProperty = "UploadId";

    /// <summary>
    /// Returns the object of a completed upload, as long as it exists: a client that did not get the answer asks again.
    /// </summary>
    public StoredObject? Completed(CompleteMultipartUploadRequest request) =>
        objects.Find(request.Bucket, request.Key) is { } stored
        && (string?)stored.Properties[UploadProperty] == request.UploadId
            ? stored
            : null;

    /// <summary>
    /// Checks the list of parts, joins their bytes and stores the object; ends the upload in the same transaction.
    /// </summary>
    public async Task<StoredObject> CompleteAsync(MultipartUpload upload, CompleteMultipartUploadRequest request)
    {
        var parts = PartList.Check(upload, uploads.Parts(upload.Id), request);
        var (file, size, whole) = await JoinAsync(upload, parts);
        StoredObject stored;
        IReadOnlyList<UploadedPart> ended = [];
        try
        {
            var properties = Properties(upload, parts, whole);
            CheckWhole(upload, properties, size, request);
            stored = await objects.PutAsync(
                new NewObject(upload.Bucket, upload.Key, file, size, ETag(parts), properties),
                existing => Preconditions.CheckCompletion(request.Tree, existing, upload),
                connection => ended = MultipartUploadStore.Remove(connection, upload.Id)
            );
        }
        catch
        {
            files.Remove(file);
            throw;
        }

        foreach (var part in ended)
        {
            files.Remove(part.File);
        }

        return stored;
    }

    /// <returns>The file, its size, and its checksum; null if the upload wants that of the parts' checksums.</returns>
    private async Task<(string File, long Size, string? Checksum)> JoinAsync(
        MultipartUpload upload,
        IReadOnlyList<UploadedPart> parts
    )
    {
        var algorithm = upload.ChecksumType == ChecksumType.Composite ? null : upload.EffectiveAlgorithm;
        try
        {
            return await JoinAsync(parts, algorithm);
        }
        catch (FileNotFoundException)
        {
            // Another request completed or aborted the upload meanwhile.
            throw S3Errors.NoSuchUpload(upload.Id);
        }
    }

    private async Task<(string File, long Size, string? Checksum)> JoinAsync(
        IReadOnlyList<UploadedPart> parts,
        string? algorithm
    )
    {
        if (parts is [var only])
        {
            var link = files.Link(only.File);
            return (link, only.Size, Whole(only, algorithm, link));
        }

        using var whole = algorithm is null ? null : IncrementalChecksum.Of(algorithm);
        using var bytes = new FileSegments(
            parts.Select(part => (new Func<SafeFileHandle>(() => files.Open(part.File)), 0L, part.Size))
        );
        var (file, size) = await files.WriteAsync(
            bytes,
            parts.Sum(part => part.Size),
            piece => whole?.Append(piece),
            CancellationToken.None
        );
        return (file, size, whole is null ? null : Convert.ToBase64String(whole.Finish()));
    }

    /// <summary>The checksum of a part that is the whole object.</summary>
    private string? Whole(UploadedPart part, string? algorithm, string file) =>
        algorithm is null ? null : part.Checksum ?? FileChecksum.Of(algorithm, files, file, part.Size);

    private static JsonObject Properties(MultipartUpload upload, IReadOnlyList<UploadedPart> parts, string? whole)
    {
        var properties = upload.ObjectProperties();
        properties[UploadProperty] = upload.Id;
        properties[ChecksumAlgorithm.Member(upload.EffectiveAlgorithm)] = whole ?? Composite(upload, parts);
        properties["ChecksumType"] = upload.ChecksumType ?? ChecksumType.FullObject;
        ObjectParts.Keep(properties, [.. parts.Select(part => (part.Size, part.Checksum))]);
        return properties;
    }

    private static void CheckWhole(
        MultipartUpload upload,
        JsonObject properties,
        long size,
        CompleteMultipartUploadRequest request
    )
    {
        if (request.MpuObjectSize is { } expected && expected != size)
        {
            throw S3Errors.InvalidRequest(
                $"The provided 'x-amz-mp-object-size' header value {expected} does not match what was computed: {size}"
            );
        }

        var algorithm = upload.EffectiveAlgorithm;
        var member = ChecksumAlgorithm.Member(algorithm);
        if ((string?)request.Tree[member] is { } sent && sent != (string?)properties[member])
        {
            throw new AwsException(
                "BadDigest",
                400,
                $"The {algorithm.ToLowerInvariant()} you specified did not match the calculated checksum."
            );
        }
    }

    /// <summary>The checksum of the parts' checksums.</summary>
    private static string Composite(MultipartUpload upload, IReadOnlyList<UploadedPart> parts)
    {
        using var checksum = IncrementalChecksum.Of(upload.EffectiveAlgorithm);
        foreach (var part in parts)
        {
            checksum.Append(Convert.FromBase64String(part.Checksum!));
        }

        return $"{Convert.ToBase64String(checksum.Finish())}-{parts.Count}";
    }

    /// <summary>The MD5 of the parts' MD5s, and the number of parts.</summary>
    private static string ETag(IReadOnlyList<UploadedPart> parts)
    {
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        foreach (var part in parts)
        {
            md5.AppendData(Convert.FromHexString(part.ETag));
        }

        return $"{Convert.ToHexStringLower(md5.GetHashAndReset())}-{parts.Count}";
    }
}
