using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using Plumbline.Aws.Client;

namespace Plumbline.Loop.Home;

/// <summary>Reads and writes the objects of the loop's bucket by key.</summary>
public sealed class LoopBucket(IAmazonS3 s3, string name)
{
    private const int ReadAtOnce = 16;

    public string Name => name;

    public string UriOf(string key) => $"s3://{name}/{key}";

    public Task PutTextAsync(string key, string text, CancellationToken cancellationToken = default) =>
        s3.PutObjectAsync(Put(key, text), cancellationToken);

    /// <summary>Writes an object if it is missing; false if it exists.</summary>
    public async Task<bool> TryAddTextAsync(string key, string text, CancellationToken cancellationToken = default)
    {
        var request = Put(key, text);
        request.IfNoneMatch = "*";
        try
        {
            await s3.PutObjectAsync(request, cancellationToken);
            return true;
        }
        catch (AmazonS3Exception exists)
            when (exists.StatusCode is HttpStatusCode.PreconditionFailed or HttpStatusCode.Conflict)
        {
            return false;
        }
    }

    /// <summary>Writes an object whose key is derived from its content, unless it exists. Closes the stream.</summary>
    public async Task PutContentAsync(string key, Stream content, CancellationToken cancellationToken = default)
    {
        var request = new PutObjectRequest
        {
            BucketName = name,
            Key = key,
            InputStream = content,
            IfNoneMatch = "*",
        };
        try
        {
            await s3.PutObjectAsync(request, cancellationToken);
        }
        catch (AmazonS3Exception exists)
            when (exists.StatusCode is HttpStatusCode.PreconditionFailed or HttpStatusCode.Conflict)
        {
            // Uploaded by an earlier build of the same data.
        }
    }

    /// <summary>Reads an object as text; null if it is missing.</summary>
    public async Task<string?> FindTextAsync(string key, CancellationToken cancellationToken = default)
    {
        try
        {
            using var answer = await s3.GetObjectAsync(name, key, cancellationToken);
            using var reader = new StreamReader(answer.ResponseStream);
            return await reader.ReadToEndAsync(cancellationToken);
        }
        catch (AmazonS3Exception missing) when (missing.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>Reads many small objects as text, in the order of the keys; in parallel, to save seconds.</summary>
    public async Task<IReadOnlyList<string?>> TextsAsync(
        IReadOnlyList<string> keys,
        CancellationToken cancellationToken = default
    )
    {
        var texts = new string?[keys.Count];
        await Parallel.ForAsync(
            0,
            texts.Length,
            new ParallelOptions { MaxDegreeOfParallelism = ReadAtOnce, CancellationToken = cancellationToken },
            async (place, cancel) => texts[place] = await FindTextAsync(keys[place], cancel)
        );
        return texts;
    }

    /// <summary>Streams the lines of an object; empty if the object is missing.</summary>
    public async IAsyncEnumerable<string> LinesAsync(
        string key,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        GetObjectResponse answer;
        try
        {
            answer = await s3.GetObjectAsync(name, key, cancellationToken);
        }
        catch (AmazonS3Exception missing) when (missing.StatusCode == HttpStatusCode.NotFound)
        {
            yield break;
        }

        using (answer)
        {
            using var reader = new StreamReader(answer.ResponseStream);
            while (await reader.ReadLineAsync(cancellationToken) is { } line)
            {
                yield return line;
            }
        }
    }

    /// <summary>Streams the bytes of an object into <paramref name="read"/>; false if the object is missing.</summary>
    public async Task<bool> TryReadAsync(
        string key,
        Func<Stream, Task> read,
        CancellationToken cancellationToken = default
    )
    {
        try
        {
            await s3.ReadStreamAsync(name, key, read, cancellationToken);
            return true;
        }
        catch (AmazonS3Exception missing) when (missing.StatusCode == HttpStatusCode.NotFound)
        {
            return false;
        }
    }

    /// <summary>Reads a part of an object; null if the object is missing or too short.</summary>
    public async Task<byte[]?> FindRangeAsync(
        string key,
        long offset,
        int length,
        CancellationToken cancellationToken = default
    )
    {
        var request = new GetObjectRequest
        {
            BucketName = name,
            Key = key,
            ByteRange = new ByteRange(offset, offset + length - 1),
        };
        try
        {
            using var answer = await s3.GetObjectAsync(request, cancellationToken);
            var bytes = new byte[length];
            var read = await answer.ResponseStream.ReadAtLeastAsync(bytes, length, false, cancellationToken);
            return read == length ? bytes : null;
        }
        catch (AmazonS3Exception missing)
            when (missing.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            return null;
        }
    }

    /// <summary>When an object was written, in the cloud's time.</summary>
    public async Task<DateTimeOffset> LastModifiedAsync(string key, CancellationToken cancellationToken = default)
    {
        var answer = await s3.GetObjectMetadataAsync(name, key, cancellationToken);
        return new DateTimeOffset(answer.LastModified!.Value.ToUniversalTime());
    }

    /// <summary>Reads an object as text with its ETag; both are null if the object is missing.</summary>
    public async Task<(string? Text, string? ETag)> FindTextVersionAsync(
        string key,
        CancellationToken cancellationToken = default
    )
    {
        try
        {
            using var answer = await s3.GetObjectAsync(name, key, cancellationToken);
            using var reader = new StreamReader(answer.ResponseStream);
            return (await reader.ReadToEndAsync(cancellationToken), answer.ETag);
        }
        catch (AmazonS3Exception missing) when (missing.StatusCode == HttpStatusCode.NotFound)
        {
            return (null, null);
        }
    }

    /// <summary>When an object was written, in the cloud's time, and its ETag; null if the object is missing.</summary>
    public async Task<(DateTimeOffset Modified, string ETag)?> FindVersionAsync(
        string key,
        CancellationToken cancellationToken = default
    )
    {
        try
        {
            var answer = await s3.GetObjectMetadataAsync(name, key, cancellationToken);
            return (new DateTimeOffset(answer.LastModified!.Value.ToUniversalTime()), answer.ETag);
        }
        catch (AmazonS3Exception missing) when (missing.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>Replaces an object if it still has this ETag; false if it has another one or is missing.</summary>
    public async Task<bool> TryReplaceTextAsync(
        string key,
        string text,
        string etag,
        CancellationToken cancellationToken = default
    )
    {
        var request = Put(key, text);
        request.IfMatch = etag;
        try
        {
            await s3.PutObjectAsync(request, cancellationToken);
            return true;
        }
        catch (AmazonS3Exception other)
            when (other.StatusCode
                    is HttpStatusCode.PreconditionFailed
                        or HttpStatusCode.Conflict
                        or HttpStatusCode.NotFound
            )
        {
            return false;
        }
    }

    /// <summary>Removes an object, if it is there.</summary>
    public Task RemoveAsync(string key, CancellationToken cancellationToken = default) =>
        s3.DeleteObjectAsync(name, key, cancellationToken);

    /// <summary>The objects under a prefix by key; only those after <paramref name="after"/> if it is given.</summary>
    public async IAsyncEnumerable<S3Object> ListAsync(
        string prefix,
        string? after = null,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        var request = new ListObjectsV2Request
        {
            BucketName = name,
            Prefix = prefix,
            StartAfter = after,
        };
        do
        {
            var page = await s3.ListObjectsV2Async(request, cancellationToken);
            foreach (var item in page.S3Objects ?? [])
            {
                yield return item;
            }

            request.ContinuationToken = page.NextContinuationToken;
        } while (request.ContinuationToken is not null);
    }

    /// <summary>The "folders" directly under a prefix, each ending in a slash.</summary>
    public async Task<IReadOnlyList<string>> FoldersAsync(string prefix, CancellationToken cancellationToken = default)
    {
        var folders = new List<string>();
        var request = new ListObjectsV2Request
        {
            BucketName = name,
            Prefix = prefix,
            Delimiter = "/",
        };
        do
        {
            var page = await s3.ListObjectsV2Async(request, cancellationToken);
            folders.AddRange(page.CommonPrefixes ?? []);
            request.ContinuationToken = page.NextContinuationToken;
        } while (request.ContinuationToken is not null);
        return folders;
    }

    private PutObjectRequest Put(string key, string text) =>
        new()
        {
            BucketName = name,
            Key = key,
            ContentBody = text,
        };
}
