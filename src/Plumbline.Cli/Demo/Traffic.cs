using System.Globalization;
using System.Text;
using Plumbline.Aws.Client.Services;
using Plumbline.Aws.Errors;
using Plumbline.Loop.Home;
using Plumbline.Records;
using Plumbline.Records.Monitoring;

namespace Plumbline.Cli.Demo;

/// <summary>Clients of the endpoint that do not retry.</summary>
internal sealed class Traffic(LoopContext loop)
{
    private const int Connections = 8;
    private readonly LabelNames labels = new(loop.Project);
    private int sent;
    private int failed;
    private int captured;

    public int Sent => sent;

    /// <summary>The requests that ended with an error.</summary>
    public int Failed => failed;

    /// <summary>The rows that were answered, and so captured.</summary>
    public int Captured => captured;

    /// <summary>Sends each example once, in a request of its own.</summary>
    /// <param name="examples">The examples.</param>
    /// <param name="keyOf">The inference id of an example by its index; null sends it without one.</param>
    /// <param name="cancellationToken">Ends the sending.</param>
    public Task<DemoAnswers> SendAsync(
        IReadOnlyList<DemoExample> examples,
        Func<int, string?> keyOf,
        CancellationToken cancellationToken
    ) =>
        SendRowsAsync(
            [.. examples.Select(IReadOnlyList<DemoExample> (example) => [example])],
            keyOf,
            cancellationToken
        );

    /// <summary>Sends requests of several rows each.</summary>
    /// <param name="requests">The rows of each request.</param>
    /// <param name="keyOf">The inference id of a request by its index; null sends it without one.</param>
    /// <param name="cancellationToken">Ends the sending.</param>
    public async Task<DemoAnswers> SendRowsAsync(
        IReadOnlyList<IReadOnlyList<DemoExample>> requests,
        Func<int, string?> keyOf,
        CancellationToken cancellationToken
    )
    {
        var answers = new IReadOnlyList<DemoAnswer?>[requests.Count];
        var options = new ParallelOptions
        {
            MaxDegreeOfParallelism = Connections,
            CancellationToken = cancellationToken,
        };
        await Parallel.ForEachAsync(
            Enumerable.Range(0, requests.Count),
            options,
            async (index, token) => answers[index] = await AskAsync(requests[index], keyOf(index), token)
        );
        return new DemoAnswers(
            loop.Project,
            [.. requests.SelectMany(rows => rows)],
            [.. answers.SelectMany(ofRows => ofRows)]
        );
    }

    /// <summary>Sends requests without inference ids until it is stopped.</summary>
    public async Task FlowAsync(IReadOnlyList<DemoExample> examples, CancellationToken stop)
    {
        for (var index = 0; !stop.IsCancellationRequested; index++)
        {
            await AskAsync([examples[index % examples.Count]], null, CancellationToken.None);
            await DemoWaits.PauseAsync(TimeProvider.System, CancellationToken.None);
        }
    }

    /// <returns>An answer for each row; nulls if the request failed.</returns>
    /// <exception cref="UserError">The answer cannot be read.</exception>
    private async Task<IReadOnlyList<DemoAnswer?>> AskAsync(
        IReadOnlyList<DemoExample> rows,
        string? key,
        CancellationToken cancellationToken
    )
    {
        Interlocked.Increment(ref sent);
        try
        {
            var answer = await loop.Clients.Runtime.InvokeEndpointAsync(
                new InferenceRequest(loop.Names.Endpoint, BodyOf(rows), rows[0].ContentType)
                {
                    Accept = "application/json",
                    InferenceId = key,
                },
                cancellationToken
            );
            Interlocked.Add(ref captured, rows.Count);
            return Read(answer.Body.Span, rows.Count, key);
        }
        catch (Exception exception) when (exception is AwsException or HttpRequestException)
        {
            Interlocked.Increment(ref failed);
            return new DemoAnswer?[rows.Count];
        }
    }

    private static byte[] BodyOf(IReadOnlyList<DemoExample> rows) =>
        rows is [var only]
            ? only.Body
            : Encoding.UTF8.GetBytes(string.Join('\n', rows.Select(row => Encoding.UTF8.GetString(row.Body))));

    private List<DemoAnswer> Read(ReadOnlySpan<byte> body, int rows, string? key)
    {
        var reader = new AnswerReader(labels, keep: true);
        var read = reader.Read(body);
        if (read.Length != rows)
        {
            throw new UserError(loop.Names.Endpoint, $"answered {rows} examples with {read.Length} predictions");
        }

        var answers = new List<DemoAnswer>();
        for (var row = 0; row < rows; row++)
        {
            var ofRow = key is null || rows == 1 ? key : string.Create(CultureInfo.InvariantCulture, $"{key}#{row}");
            answers.Add(new DemoAnswer(read[row], reader.Probabilities(row), ofRow));
        }

        return answers;
    }
}
