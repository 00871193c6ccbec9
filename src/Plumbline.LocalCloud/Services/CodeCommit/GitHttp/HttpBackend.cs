using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Plumbline.LocalCloud.Services.CodeCommit.GitHttp;

/// <summary>Runs <c>git http-backend</c>, a CGI program, behind Kestrel.</summary>
internal static class HttpBackend
{
    /// <param name="context">The request.</param>
    /// <param name="git">The repository.</param>
    /// <param name="path">The path after the repository's name, such as <c>/info/refs</c>.</param>
    /// <param name="query">The query as sent.</param>
    /// <param name="beforeAnswerAsync">Runs when git is done and before its answer goes out; null streams the answer.</param>
    public static async Task AnswerAsync(
        HttpContext context,
        Git git,
        string path,
        string query,
        Func<Task>? beforeAnswerAsync
    )
    {
        using var process = git.Start(["http-backend"], Environment(context.Request, git, path, query));
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var sending = SendAsync(context.Request.Body, process);
        if (beforeAnswerAsync is null)
        {
            await AnswerAsync(context, process.StandardOutput.BaseStream);
        }
        else
        {
            // The answer waits until the change is recorded, so that a push that was answered has its events.
            using var answer = new MemoryStream();
            await process.StandardOutput.BaseStream.CopyToAsync(answer, CancellationToken.None);
            await process.WaitForExitAsync(CancellationToken.None);
            await beforeAnswerAsync();
            answer.Position = 0;
            await AnswerAsync(context, answer);
        }

        await sending;
        await process.WaitForExitAsync(CancellationToken.None);
        await errors;
    }

    private static Dictionary<string, string> Environment(HttpRequest request, Git git, string path, string query)
    {
        var environment = new Dictionary<string, string>
        {
            ["GIT_HTTP_EXPORT_ALL"] = "1",
            ["GIT_PROJECT_ROOT"] = Path.GetDirectoryName(git.Folder)!,
            ["PATH_INFO"] = $"/{Path.GetFileName(git.Folder)}{path}",
            ["REQUEST_METHOD"] = request.Method,
            ["QUERY_STRING"] = query,
            ["CONTENT_TYPE"] = request.ContentType ?? "",
            ["REMOTE_USER"] = "caller",
        };
        AddHeader("Content-Encoding", "HTTP_CONTENT_ENCODING");
        AddHeader("Git-Protocol", "GIT_PROTOCOL");
        // No CONTENT_LENGTH: with one, git loops forever over a body that ends early.
        return environment;

        void AddHeader(string header, string variable)
        {
            if (request.Headers.TryGetValue(header, out var value))
            {
                environment[variable] = value.ToString();
            }
        }
    }

    private static async Task SendAsync(Stream body, Process process)
    {
        try
        {
            await using var input = process.StandardInput.BaseStream;
            await body.CopyToAsync(input);
        }
        catch (IOException)
        {
            // Git stopped reading, or the client stopped sending; git's own answer says why.
        }
    }

    private static async Task AnswerAsync(HttpContext context, Stream output)
    {
        var head = new List<byte>();
        var one = new byte[1];
        while (!EndsHead(head) && await output.ReadAsync(one) == 1)
        {
            head.Add(one[0]);
        }

        foreach (var line in Encoding.ASCII.GetString([.. head]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = line.Split(':', 2, StringSplitOptions.TrimEntries);
            if (parts[0].Equals("Status", StringComparison.OrdinalIgnoreCase))
            {
                context.Response.StatusCode = int.Parse(parts[1].Split(' ')[0], CultureInfo.InvariantCulture);
            }
            else if (parts.Length == 2)
            {
                context.Response.Headers[parts[0]] = parts[1];
            }
        }

        await output.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    private static bool EndsHead(List<byte> head) =>
        head.Count >= 4 && head[^4..].SequenceEqual("\r\n\r\n"u8.ToArray());
}
