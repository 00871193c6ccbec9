using System.Text.Json.Nodes;
using Plumbline.Aws.Arns;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Services.S3.Objects;

namespace Plumbline.LocalCloud.Services.Iam.Authorization.Actions;

/// <summary>
/// S3's operations. Their rights have their own names, and different ones for a version of an object.
/// </summary>
internal static class S3Access
{
    /// <summary>The rights that each operation requires.</summary>
    public static IReadOnlyDictionary<string, Access[]> Rows { get; } =
        new Dictionary<string, Access[]>
        {
            ["ListBuckets"] = [Access.Anything.As("s3:ListAllMyBuckets")],
            ["CreateBucket"] = [Bucket("s3:CreateBucket")],
            ["DeleteBucket"] = [Bucket("s3:DeleteBucket")],
            ["HeadBucket"] = [Bucket("s3:ListBucket")],
            ["ListObjects"] = [Bucket("s3:ListBucket")],
            ["ListObjectsV2"] = [Bucket("s3:ListBucket")],
            ["ListObjectVersions"] = [Bucket("s3:ListBucketVersions")],
            ["ListMultipartUploads"] = [Bucket("s3:ListBucketMultipartUploads")],
            ["GetBucketLocation"] = [Bucket("s3:GetBucketLocation")],
            ["GetBucketVersioning"] = [Bucket("s3:GetBucketVersioning")],
            ["PutBucketVersioning"] = [Bucket("s3:PutBucketVersioning")],
            ["GetBucketTagging"] = [Bucket("s3:GetBucketTagging")],
            ["PutBucketTagging"] = [Bucket("s3:PutBucketTagging")],
            ["DeleteBucketTagging"] = [Bucket("s3:PutBucketTagging")],
            ["GetBucketAcl"] = [Bucket("s3:GetBucketAcl")],
            ["GetBucketPolicy"] = [Bucket("s3:GetBucketPolicy")],
            ["PutBucketPolicy"] = [Bucket("s3:PutBucketPolicy")],
            ["DeleteBucketPolicy"] = [Bucket("s3:DeleteBucketPolicy")],
            ["GetBucketPolicyStatus"] = [Bucket("s3:GetBucketPolicyStatus")],
            ["PutObject"] = Written(),
            ["CreateMultipartUpload"] = Written(),
            ["UploadPart"] = [Object("s3:PutObject")],
            ["CompleteMultipartUpload"] = [Object("s3:PutObject")],
            ["CopyObject"] = [Source(), .. Written()],
            ["UploadPartCopy"] = [Source(), Object("s3:PutObject")],
            ["AbortMultipartUpload"] = [Object("s3:AbortMultipartUpload")],
            ["ListParts"] = [Object("s3:ListMultipartUploadParts")],
            ["GetObject"] = OfVersion("s3:GetObject{0}"),
            ["HeadObject"] = OfVersion("s3:GetObject{0}"),
            ["GetObjectAttributes"] = [.. OfVersion("s3:GetObject{0}"), .. OfVersion("s3:GetObject{0}Attributes")],
            ["GetObjectTagging"] = OfVersion("s3:GetObject{0}Tagging"),
            ["PutObjectTagging"] = OfVersion("s3:PutObject{0}Tagging"),
            ["DeleteObjectTagging"] = OfVersion("s3:DeleteObject{0}Tagging"),
            ["GetObjectAcl"] = OfVersion("s3:GetObject{0}Acl"),
            ["DeleteObject"] = OfVersion("s3:DeleteObject{0}"),
            ["DeleteObjects"] = [Deleted("s3:DeleteObject", ofVersion: false), Deleted("s3:DeleteObjectVersion", true)],
        };

    private static Access Bucket(string action) =>
        new(action, input => Access.Values(input, "Bucket").Select(S3Arn.OfBucket));

    private static Access Object(string action) => new(action, input => [OfObject(input)]);

    private static string OfObject(JsonObject input) => S3Arn.OfObject(input.Text("Bucket"), input.Text("Key"));

    /// <summary>One action for the latest version, and one for a version that is named.</summary>
    private static Access[] OfVersion(string action) =>
        [
            new(string.Format(null, action, ""), input => input.ContainsKey("VersionId") ? [] : [OfObject(input)]),
            new(
                string.Format(null, action, "Version"),
                input => input.ContainsKey("VersionId") ? [OfObject(input)] : []
            ),
        ];

    /// <summary>The rights to write an object, and its tags if the request has any.</summary>
    private static Access[] Written() =>
        [
            Object("s3:PutObject"),
            new("s3:PutObjectTagging", input => input.Text("Tagging") is { Length: > 0 } ? [OfObject(input)] : []),
        ];

    private static Access Source() =>
        new(
            "s3:GetObject",
            input =>
                input.Text("CopySource") is { } header && CopySource.Read(header) is var source
                    ? [S3Arn.OfObject(source.Bucket, source.Key)]
                    : []
        );

    private static Access Deleted(string action, bool ofVersion) =>
        new(
            action,
            input =>
                (input.Object("Delete")?.Objects("Objects") ?? [])
                    .Where(one => one.ContainsKey("VersionId") == ofVersion)
                    .Select(one => S3Arn.OfObject(input.Text("Bucket"), one.Text("Key")))
        );
}
