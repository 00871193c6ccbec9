using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.Win32.SafeHandles;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Services.S3.Checksums;
using Plumbline.LocalCloud.Services.S3.Objects;
using Plumbline.LocalCloud.State.Objects;

namespace Plumbline.LocalCloud.Services.S3.MultipartUploads;

/// <summary>Makes an object of an upload's parts.</summary>
internal sealed class MultipartCompletion(MultipartUploadStore uploads, ObjectStore objects, ObjectFiles files)
{
    /// <summary>Checks the list of parts, puts their bytes together and stores the object; ends the upload in the same transaction.</summary>
    public async Task<StoredObject> CompleteAsync(MultipartUpload upload, JsonObject input)
    {
        var parts = PartList.Check(upload, uploads.Parts(upload.Id), input);
        var whole = upload.ChecksumType == "FULL_OBJECT" ? IncrementalChecksum.Of(upload.ChecksumAlgorithm!) : null;
        using var _ = whole;
        var (file, size) = await JoinAsync(upload, parts, whole);
        StoredObject stored;
        IReadOnlyList<UploadedPart> ended = [];
        try
        {
            var properties = Properties(upload, parts, whole?.Finish());
            CheckWhole(upload, properties, size, input);
            stored = await objects.PutAsync(
                new NewObject(upload.Bucket, upload.Key, file, size, ETag(parts), properties),
                existing => Preconditions.CheckWrite(input, existing),
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

    private async Task<(string File, long Size)> JoinAsync(
        MultipartUpload upload,
        IReadOnlyList<UploadedPart> parts,
        IncrementalChecksum? whole
    )
    {
        try
        {
            return await JoinAsync(parts, whole);
        }
        catch (FileNotFoundException)
        {
            // Somebody else completed or aborted the upload meanwhile.
            throw S3Errors.NoSuchUpload(upload.Id);
        }
    }

    private async Task<(string File, long Size)> JoinAsync(
        IReadOnlyList<UploadedPart> parts,
        IncrementalChecksum? whole
    )
    {
        if (parts is [var only] && whole is null)
        {
            return (files.Link(only.File), only.Size);
        }

        using var bytes = new FileSegments(
            parts.Select(part => (new Func<SafeFileHandle>(() => files.Open(part.File)), 0L, part.Size))
        );
        return await files.WriteAsync(
            bytes,
            parts.Sum(part => part.Size),
            piece => whole?.Append(piece),
            CancellationToken.None
        );
    }

    private static JsonObject Properties(MultipartUpload upload, IReadOnlyList<UploadedPart> parts, byte[]? whole)
    {
        var properties = upload.Properties.DeepClone().AsObject();
        properties.Remove("ChecksumAlgorithm");
        properties["Parts"] = new JsonArray([.. parts.Select(part => (JsonNode)part.Size)]);
        if (upload.ChecksumAlgorithm is { } algorithm)
        {
            properties[ChecksumAlgorithm.Member(algorithm)] = whole is null
                ? Composite(algorithm, parts)
                : Convert.ToBase64String(whole);
        }

        return properties;
    }

    private static void CheckWhole(MultipartUpload upload, JsonObject properties, long size, JsonObject input)
    {
        if (input.Long("MpuObjectSize") is { } expected && expected != size)
        {
            throw S3Errors.InvalidRequest(
                $"The provided 'x-amz-mp-object-size' header value {expected} does not match what was computed: {size}"
            );
        }

        if (
            upload.ChecksumAlgorithm is { } algorithm
            && ChecksumAlgorithm.Member(algorithm) is var member
            && (string?)input[member] is { } sent
            && sent != (string?)properties[member]
        )
        {
            throw new AwsException(
                "BadDigest",
                400,
                $"The {algorithm.ToLowerInvariant()} you specified did not match the calculated checksum."
            );
        }
    }

    /// <summary>The checksum of the parts' checksums.</summary>
    private static string Composite(string algorithm, IReadOnlyList<UploadedPart> parts)
    {
        using var checksum = IncrementalChecksum.Of(algorithm);
        foreach (var part in parts)
        {
            checksum.Append(Convert.FromBase64String(part.Checksum!));
        }

        return $"{Convert.ToBase64String(checksum.Finish())}-{parts.Count}";
    }

    /// <summary>The MD5 of the parts' MD5s, and how many they are.</summary>
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
