using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Plumbline.Aws.Arns;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Views.Sns;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Identity;
using Plumbline.LocalCloud.Time;

namespace Plumbline.LocalCloud.Services.Sns.Messages;

/// <summary>
/// Writes each message into its topic's log group, where people can read what they would have received. Messages that a
/// crash or a failure left unwritten are written later.
/// </summary>
internal sealed class MessageRunner(MessageStore messages, Dispatcher dispatcher, ILogger<MessageRunner> log)
    : BackgroundService
{
    private const string Stream = "messages";
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private static readonly Caller Sns = new("sns.amazonaws.com", "sns.amazonaws.com");
    private static readonly JsonSerializerOptions Plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly SemaphoreSlim oneAtATime = new(1);

    private readonly SemaphoreSlim somethingLeft = new(0);

    /// <summary>Returns when all earlier messages are in their logs, or have failed and will be tried again.</summary>
    public async Task LogAllAsync()
    {
        await oneAtATime.WaitAsync();
        try
        {
            foreach (var message in messages.NotLogged())
            {
                await TryLogAsync(message);
            }
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        oneAtATime.Dispose();
        somethingLeft.Dispose();
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Rounds.RunAsync(log, Pause, _ => LogAllAsync(), WaitAsync, stoppingToken);

    private async Task WaitAsync(CancellationToken stoppingToken)
    {
        await somethingLeft.WaitAsync(stoppingToken);
        await ProcessTime.Delay(Pause, stoppingToken);
    }

    private async Task TryLogAsync(PublishedMessage message)
    {
        try
        {
            await LogAsync(message);
            await messages.SetLoggedAsync(message.MessageId);
        }
        catch (Exception exception)
        {
            Log.MessageNotLogged(log, message.MessageId, message.Topic, exception);
            if (somethingLeft.CurrentCount == 0)
            {
                somethingLeft.Release();
            }
        }
    }

    private async Task LogAsync(PublishedMessage message)
    {
        var group = GroupOf(message.Topic);
        try
        {
            await PutAsync(group, message);
        }
        catch (AwsException missing) when (missing.IsMissing())
        {
            await CreateAsync("CreateLogGroup", new JsonObject { ["logGroupName"] = group });
            await CreateAsync(
                "CreateLogStream",
                new JsonObject { ["logGroupName"] = group, ["logStreamName"] = Stream }
            );
            await PutAsync(group, message);
        }
    }

    private Task PutAsync(string group, PublishedMessage message) =>
        dispatcher.CallAsync(
            "logs",
            "PutLogEvents",
            new JsonObject
            {
                ["logGroupName"] = group,
                ["logStreamName"] = Stream,
                ["logEvents"] = new JsonArray(
                    new JsonObject { ["timestamp"] = message.Published, ["message"] = LineOf(message) }
                ),
            },
            Sns
        );

    private async Task CreateAsync(string operation, JsonObject input)
    {
        try
        {
            await dispatcher.CallAsync("logs", operation, input, Sns);
        }
        catch (AwsException exists) when (exists.Code == "ResourceAlreadyExistsException")
        {
            // Only the stream was missing.
        }
    }

    /// <summary><c>sns/region/account/topic</c>, as SNS's delivery logs are called.</summary>
    private static string GroupOf(string topic)
    {
        var arn = Arn.Parse(topic);
        return $"{arn.Service}/{arn.Region}/{arn.Account}/{arn.Resource}";
    }

    private static string LineOf(PublishedMessage message)
    {
        var published = new PublishInput(JsonDepth.ReadKept(message.Tree));
        var notification = new JsonObject
        {
            ["messageId"] = message.MessageId,
            ["topicArn"] = message.Topic,
            ["timestamp"] = DateTimeOffset
                .FromUnixTimeMilliseconds(message.Published)
                .ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", null),
            ["subject"] = published.Subject,
            ["message"] = published.Message,
        };
        return new JsonObject { ["notification"] = notification, ["status"] = "KEPT" }.ToJsonString(Plain);
    }
}
