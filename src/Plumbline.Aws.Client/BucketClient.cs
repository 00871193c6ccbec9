using System.Net;
using System.Runtime.CompilerServices;
using Amazon.S3;
using Amazon.S3.Model;
using Plumbline.Aws.Formats;

namespace Plumbline.Aws.Client;

/// <summary>Reads and writes the objects of one bucket by key.</summary>
public sealed class BucketClient(IAmazonS3 s3, string name)
{
    private const int ReadAtOnce = 16;

    /// <summary>The object exists, or another upload of it is in progress.</summary>
    private static readonly HttpStatusCode[] Taken = [HttpStatusCode.PreconditionFailed, HttpStatusCode.Conflict];

    public string Name => name;

    public string UriOf(string key) => new S3Uri(name, key).ToString();

    /// <summary>Writes a text; an object that exists is replaced.</summary>
    public Task PutTextAsync(string key, string text, CancellationToken cancellationToken = default) =>
        s3.PutObjectAsync(Put(key, text), cancellationToken);

    /// <inheritdoc cref="PutTextAsync(string, string, CancellationToken)"/>
    public Task PutTextAsync(string key, string text, string contentType, CancellationToken cancellationToken = default)
    {
        var request = Put(key, text);
        request.ContentType = contentType;
        return s3.PutObjectAsync(request, cancellationToken);
    }

    /// <summary>Writes an object if it is missing; false if it exists.</summary>
    public Task<bool> TryAddTextAsync(string key, string text, CancellationToken cancellationToken = default) =>
        TryAddTextAsync(key, text, new Dictionary<string, string>(), cancellationToken);

    /// <summary>Writes an object with metadata if it is missing; false if it exists.</summary>
    public Task<bool> TryAddTextAsync(
        string key,
        string text,
        IReadOnlyDictionary<string, string> metadata,
        CancellationToken cancellationToken = default
    )
    {
        var request = New(key, text);
        foreach (var (name, value) in metadata)
        {
            request.Metadata[name] = value;
        }

        return TryPutAsync(request, Taken, cancellationToken);
    }

    /// <summary>Writes an object whose key is derived from its content, unless it exists. Closes the stream.</summary>
    public Task PutContentAsync(
        string key,
        Stream content,
        string? contentType = null,
        CancellationToken cancellationToken = default
    )
    {
        var request = New(key);
        (request.InputStream, request.ContentType) = (content, contentType);
        return TryPutAsync(request, Taken, cancellationToken);
    }

    /// <summary>Writes a file whose key is derived from its content; false if the object exists.</summary>
    public Task<bool> TryAddFileAsync(
        string key,
        string path,
        string contentType,
        CancellationToken cancellationToken = default
    )
    {
        var request = New(key);
        (request.FilePath, request.ContentType) = (path, contentType);
        // A conflict is an error here: the upload in progress may fail, so the object may never exist.
        return new FileInfo(path).Length > PartsUpload.UsualPart
            ? new PartsUpload(s3, name).TryAddAsync(key, path, contentType, cancellationToken)
            : TryPutAsync(request, [HttpStatusCode.PreconditionFailed], cancellationToken);
    }

    /// <summary>Reads an object as text; null if it is missing.</summary>
    public async Task<string?> FindTextAsync(string key, CancellationToken cancellationToken = default) =>
        (await FindTextVersionAsync(key, cancellationToken)).Text;

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
        [EnumeratorCancellation] CancellationToken cancellationToken = default
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

    /// <summary>Streams the bytes of an object into <paramref name="read"/>.</summary>
    /// <exception cref="AmazonS3Exception">404: the object does not exist.</exception>
    public Task ReadAsync(string key, Func<Stream, Task> read, CancellationToken cancellationToken = default) =>
        s3.ReadStreamAsync(name, key, read, cancellationToken);

    /// <summary>Streams the bytes of an object into <paramref name="read"/>; false if the object is missing.</summary>
    public async Task<bool> TryReadAsync(
        string key,
        Func<Stream, Task> read,
        CancellationToken cancellationToken = default
    )
    {
        try
        {
            await ReadAsync(key, read, cancellationToken);
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

    /// <summary>The current version of an object; null if the object is missing.</summary>
    public async Task<ObjectVersion?> FindVersionAsync(string key, CancellationToken cancellationToken = default)
    {
        try
        {
            return ObjectVersion.Of(await s3.GetObjectMetadataAsync(name, key, cancellationToken));
        }
        catch (AmazonS3Exception missing) when (missing.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>Replaces an object if it still has this ETag; false if it has another one or is missing.</summary>
    public Task<bool> TryReplaceTextAsync(
        string key,
        string text,
        string etag,
        CancellationToken cancellationToken = default
    )
    {
        var request = Put(key, text);
        request.IfMatch = etag;
        return TryPutAsync(request, [.. Taken, HttpStatusCode.NotFound], cancellationToken);
    }

    /// <summary>Removes an object, if it is there.</summary>
    public Task RemoveAsync(string key, CancellationToken cancellationToken = default) =>
        s3.DeleteObjectAsync(name, key, cancellationToken);

    /// <summary>The objects under a prefix by key; only those after <paramref name="after"/> if it is given.</summary>
    public async IAsyncEnumerable<S3Object> ListAsync(
        string prefix,
        string? after = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        var request = new ListObjectsV2Request
        {
            BucketName = name,
            Prefix = prefix,
            StartAfter = after,
        };
        await foreach (var page in s3.PagesAsync(request, cancellationToken))
        {
            foreach (var item in page.S3Objects ?? [])
            {
                yield return item;
            }
        }
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
        await foreach (var page in s3.PagesAsync(request, cancellationToken))
        {
            folders.AddRange(page.CommonPrefixes ?? []);
        }

        return folders;
    }

    private async Task<bool> TryPutAsync(
        PutObjectRequest request,
        HttpStatusCode[] refusals,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await s3.PutObjectAsync(request, cancellationToken);
            return true;
        }
        catch (AmazonS3Exception refused) when (refusals.Contains(refused.StatusCode))
        {
            return false;
        }
    }

    /// <summary>A request that writes a missing object only.</summary>
    private PutObjectRequest New(string key, string? text = null)
    {
        var request = Put(key, text);
        request.IfNoneMatch = "*";
        return request;
    }

    private PutObjectRequest Put(string key, string? text) =>
        new()
        {
            BucketName = name,
            Key = key,
            ContentBody = text,
        };
}
