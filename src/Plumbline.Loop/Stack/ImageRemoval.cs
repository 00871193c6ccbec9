using System.Net;
using System.Text.Json.Nodes;
using Amazon.S3;
using Amazon.S3.Model;
using Plumbline.Aws.Client.Services;
using Plumbline.Aws.Views.CloudFormation;
using Plumbline.Loop.Home;
using Plumbline.Records;

namespace Plumbline.Loop.Stack;

/// <summary>Deletes the images, the files that they were built from, and their stack, if no other loop needs them.</summary>
/// <param name="clients">The services.</param>
/// <param name="names">The names of the loop that no longer needs them.</param>
/// <param name="time">The clock of the polls.</param>
public sealed class ImageRemoval(LoopClients clients, LoopNames names, TimeProvider time)
{
    /// <summary>Refuses the removal while another loop needs the images: call it before anything is deleted.</summary>
    /// <exception cref="UserError">Another loop of the account and region needs them.</exception>
    public async Task RequireUnusedAsync(CancellationToken cancellationToken)
    {
        var loops = await OthersAsync(cancellationToken);
        if (loops.Count > 0)
        {
            throw new UserError(
                ImagesTemplate.Name,
                $"is still used by {string.Join(", ", loops)}: run `plumb aws destroy` in their projects first"
            );
        }
    }

    /// <returns>True if there was a stack of images.</returns>
    /// <exception cref="UserError">Another loop of the account and region needs them.</exception>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        await RequireUnusedAsync(cancellationToken);
        // The deletion of the stack fails if its bucket holds anything, even an old version.
        await EmptyAsync(ImagesTemplate.BucketOf(names.Account, names.Region), cancellationToken);
        return await new CloudStack(clients.CloudFormation, ImagesTemplate.Name, time).DestroyAsync(cancellationToken);
    }

    private async Task<IReadOnlyList<string>> OthersAsync(CancellationToken cancellationToken)
    {
        var found = new List<string>();
        var stacks = clients.CloudFormation.DescribeStacksPagedAsync(null, cancellationToken);
        await foreach (var stack in stacks)
        {
            if (
                stack.StackStatus is not (StackStatus.DeleteComplete or StackStatus.ReviewInProgress)
                && stack.StackName != ImagesTemplate.Name
                && stack.StackName != LoopTemplate.NameOf(names.Project)
                && stack.StackName.StartsWith(LoopTemplate.NameOf(""), StringComparison.Ordinal)
            )
            {
                found.Add(stack.StackName);
            }
        }

        return found;
    }

    private async Task EmptyAsync(string bucket, CancellationToken cancellationToken)
    {
        try
        {
            while (await PageAsync(bucket, cancellationToken) is { Count: > 0 } page)
            {
                await clients.S3.DeleteObjectsAsync(
                    new DeleteObjectsRequest { BucketName = bucket, Objects = page },
                    cancellationToken
                );
            }
        }
        catch (AmazonS3Exception missing) when (missing.StatusCode == HttpStatusCode.NotFound)
        {
            // The stack was deleted before, or never created.
        }
    }

    private async Task<List<KeyVersion>> PageAsync(string bucket, CancellationToken cancellationToken)
    {
        var asked = new ListVersionsRequest { BucketName = bucket };
        var page = await clients.S3.ListVersionsAsync(asked, cancellationToken);
        return [.. (page.Versions ?? []).Select(one => new KeyVersion { Key = one.Key, VersionId = one.VersionId })];
    }
}
