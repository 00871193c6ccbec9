using Amazon.S3;
using Amazon.S3.Model;

namespace Plumbline.LocalCloud.Tests.S3;

public sealed class AclTests(RunningCloud cloud) : IClassFixture<RunningCloud>
{
    [Fact]
    public async Task All_permissions_are_the_owners()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        await bucket.PutAsync("k", "v");
        var ofBucket = await bucket.Client.GetBucketAclAsync(new GetBucketAclRequest { BucketName = bucket.Name });
        CheckGrant(ofBucket.Grants, ofBucket.Owner);
        var ofObject = await bucket.Client.GetObjectAclAsync(new() { BucketName = bucket.Name, Key = "k" });
        CheckGrant(ofObject.Grants, ofObject.Owner);
        (
            await S3Bucket.ErrorOf(() =>
                bucket.Client.GetObjectAclAsync(new() { BucketName = bucket.Name, Key = "none" })
            )
        ).ShouldBe((404, "NoSuchKey"));
    }

    [Fact]
    public async Task A_bucket_that_others_may_read_is_refused()
    {
        using var bucket = await S3Bucket.CreateAsync(cloud);
        var request = new PutBucketRequest { BucketName = bucket.Name + "2", CannedACL = S3CannedACL.PublicRead };
        (await S3Bucket.ErrorOf(() => bucket.Client.PutBucketAsync(request))).ShouldBe(
            (400, "InvalidBucketAclWithObjectOwnership")
        );
        (
            await S3Bucket.ErrorOf(() => bucket.PutAsync("k", "v", put => put.CannedACL = S3CannedACL.PublicRead))
        ).ShouldBe((400, "AccessControlListNotSupported"));
    }

    private static void CheckGrant(List<S3Grant> grants, Owner owner)
    {
        var grant = grants.ShouldHaveSingleItem();
        (grant.Permission, grant.Grantee.CanonicalUser).ShouldBe((S3Permission.FULL_CONTROL, owner.Id));
    }
}
