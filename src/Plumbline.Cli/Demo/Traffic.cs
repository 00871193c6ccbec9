using System.Text;
using System.Text.Json;
using Plumbline.Aws.Client.Services;
using Plumbline.Aws.Errors;
using Plumbline.Loop;

namespace Plumbline.Cli.Demo;

/// <summary>Clients of the endpoint. They do not retry.</summary>
internal sealed class Traffic(LoopClients clients, string endpoint)
{
    private const int Connections = 8;
    private int sent;
    private int failed;
    private int captured;

    /// <summary>Requests so far.</summary>
    public int Sent => sent;

    /// <summary>Those that got no answer.</summary>
    public int Failed => failed;

    /// <summary>Those that got one, and so are captured.</summary>
    public int Captured => captured;

    /// <summary>Sends each image once.</summary>
    /// <param name="digits">The images.</param>
    /// <param name="keyOf">The inference id of an image by its index; null where it is sent without one.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The share of right answers.</returns>
    public async Task<double> SendAsync(
        IReadOnlyList<Digit> digits,
        Func<int, string?> keyOf,
        CancellationToken cancellationToken
    )
    {
        var right = 0;
        var options = new ParallelOptions
        {
            MaxDegreeOfParallelism = Connections,
            CancellationToken = cancellationToken,
        };
        await Parallel.ForEachAsync(
            digits.Select((digit, index) => (digit, index)),
            options,
            async (item, token) =>
            {
                if (await AskAsync(item.digit, keyOf(item.index), token) == item.digit.Label)
                {
                    Interlocked.Increment(ref right);
                }
            }
        );
        return (double)right / digits.Count;
    }

    /// <summary>Keeps requests without keys flowing until it is told to stop.</summary>
    public async Task FlowAsync(IReadOnlyList<Digit> digits, CancellationToken stop)
    {
        for (var index = 0; !stop.IsCancellationRequested; index++)
        {
            await AskAsync(digits[index % digits.Count], null, CancellationToken.None);
            await DemoWaits.PauseAsync(TimeProvider.System, CancellationToken.None);
        }
    }

    private async Task<string?> AskAsync(Digit digit, string? key, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref sent);
        try
        {
            var answer = await clients.Runtime.InvokeEndpointAsync(
                new InferenceRequest(endpoint, Encoding.ASCII.GetBytes(digit.Features), "text/csv")
                {
                    Accept = "application/json",
                    InferenceId = key,
                },
                cancellationToken
            );
            Interlocked.Increment(ref captured);
            using var json = JsonDocument.Parse(answer.Body);
            var label = json.RootElement.GetProperty("predictions")[0].GetProperty("label");
            return label.ValueKind == JsonValueKind.String ? label.GetString() : label.GetRawText();
        }
        catch (Exception exception) when (exception is AwsException or HttpRequestException)
        {
            Interlocked.Increment(ref failed);
            return null;
        }
    }
}
