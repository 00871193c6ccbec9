using Microsoft.Extensions.DependencyInjection;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Services.S3.Acls;
using Plumbline.LocalCloud.Services.S3.Buckets;
using Plumbline.LocalCloud.Services.S3.MultipartUploads;
using Plumbline.LocalCloud.Services.S3.Objects;
using Plumbline.LocalCloud.Services.S3.Policies;
using Plumbline.LocalCloud.Services.S3.Tags;
using Plumbline.LocalCloud.State.Objects;

namespace Plumbline.LocalCloud.Services.S3;

internal static class S3Service
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<ObjectFiles>();
        services.AddSingleton<ObjectStore>();
        services.AddSingleton<VersionPages>();
        services.AddSingleton<ObjectTrash>();
        services.AddHostedService<ObjectSweep>();
        services.AddSingleton<BucketStore>();
        services.AddSingleton<MultipartUploadStore>();
        services.AddSingleton<MultipartCompletion>();
        services.AddAwsService(
            "s3",
            S3Constraints.Check,
            typeof(BucketApi),
            typeof(BucketVersioningApi),
            typeof(ObjectApi),
            typeof(ObjectCopyApi),
            typeof(ObjectListApi),
            typeof(ObjectVersionListApi),
            typeof(ObjectAttributesApi),
            typeof(ObjectTaggingApi),
            typeof(BucketTaggingApi),
            typeof(AclApi),
            typeof(BucketPolicyApi),
            typeof(MultipartUploadApi),
            typeof(MultipartListApi),
            typeof(PartApi)
        );
    }
}
