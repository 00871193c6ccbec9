using System.Text;
using System.Text.Json;
using Plumbline.Aws.Client.Services;
using Plumbline.Aws.Errors;
using Plumbline.Loop.Home;

namespace Plumbline.Cli.Demo;

/// <summary>Clients of the endpoint that do not retry.</summary>
internal sealed class Traffic(LoopClients clients, string endpoint)
{
    private const int Connections = 8;
    private int sent;
    private int failed;
    private int captured;

    public int Sent => sent;

    /// <summary>The requests that ended with an error.</summary>
    public int Failed => failed;

    /// <summary>The requests that were answered, and so captured.</summary>
    public int Captured => captured;

    /// <summary>Sends each image once.</summary>
    /// <param name="keyOf">The inference id of an image by its index; null sends it without one.</param>
    /// <returns>The share of correct answers, 0 to 1.</returns>
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

    /// <summary>Sends requests without inference ids until it is stopped.</summary>
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
