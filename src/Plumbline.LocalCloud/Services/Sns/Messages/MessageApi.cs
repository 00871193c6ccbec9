using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.Aws.Errors;
using Plumbline.Aws.Protocols;
using Plumbline.Aws.Views.Sns;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Identity;

namespace Plumbline.LocalCloud.Services.Sns.Messages;

/// <summary>Publishes messages: each is kept, and written to its topic's log group.</summary>
internal sealed class MessageApi(MessageStore messages, MessageRunner runner)
{
    private const int LongestMessage = 256 * 1024;
    private const int LongestSubject = 100;
    private const int LargestBatch = 10;

    public async Task<JsonObject> Publish(AwsCall call)
    {
        var request = new PublishInput(call.Input);
        if (request.PhoneNumber is not null)
        {
            throw SnsErrors.Invalid("PhoneNumber Reason: The local cloud sends no text messages");
        }

        var topic =
            request.TopicArn
            ?? request.TargetArn
            ?? throw SnsErrors.Invalid("TopicArn or TargetArn Reason: no value for required parameter");
        var messageId = await KeepAsync(topic, request, call.Caller);
        await runner.LogAllAsync();
        return new JsonObject { ["MessageId"] = messageId };
    }

    public async Task<JsonObject> PublishBatch(AwsCall call)
    {
        var request = new PublishBatchInput(call.Input);
        var entries = request.PublishBatchRequestEntries.ToList();
        CheckBatch(entries);
        var (successful, failed) = (new JsonArray(), new JsonArray());
        foreach (var entry in entries)
        {
            try
            {
                // An entry has the same members as the input of Publish.
                var messageId = await KeepAsync(request.TopicArn, new PublishInput(entry.Tree), call.Caller);
                successful.Add(new JsonObject { ["Id"] = entry.Id, ["MessageId"] = messageId });
            }
            catch (AwsException refusal) when (refusal.Code == "InvalidParameter")
            {
                failed.Add(
                    new JsonObject
                    {
                        ["Id"] = entry.Id,
                        ["Code"] = refusal.Code,
                        ["Message"] = refusal.Message,
                        ["SenderFault"] = true,
                    }
                );
            }
        }

        await runner.LogAllAsync();
        return new JsonObject { ["Successful"] = successful, ["Failed"] = failed };
    }

    private Task<string> KeepAsync(string topic, PublishInput input, Caller caller)
    {
        Check(input);
        if (input.MessageDeduplicationId is not null && !IsService(caller))
        {
            throw SnsErrors.Invalid(
                "MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not valid for this topic type"
            );
        }

        return messages.AddAsync(topic, input);
    }

    /// <summary>
    /// Services repeat a request after a crash with the same id; AWS's own way of doing that is unknown.
    /// </summary>
    private static bool IsService(Caller caller) => caller.Arn.EndsWith(".amazonaws.com", StringComparison.Ordinal);

    private static void Check(PublishInput input)
    {
        var message = input.Message;
        if (message.Length == 0)
        {
            throw SnsErrors.Invalid("Empty message");
        }

        if (Encoding.UTF8.GetByteCount(message) > LongestMessage)
        {
            throw SnsErrors.Invalid("Message too long");
        }

        if (input.Subject is { } subject && (subject.Length is 0 or > LongestSubject || !Ascii.IsValid(subject)))
        {
            throw SnsErrors.Invalid("Subject");
        }

        if (input.MessageStructure is { } structure)
        {
            CheckStructure(structure, message);
        }
    }

    private static void CheckStructure(string structure, string message)
    {
        if (structure != "json")
        {
            throw SnsErrors.Invalid("MessageStructure");
        }

        try
        {
            if (JsonNode.Parse(message) is not JsonObject texts || texts.Text("default") is null)
            {
                throw SnsErrors.Invalid("Message Structure - No default entry in JSON message body");
            }
        }
        catch (JsonException)
        {
            throw SnsErrors.Invalid("Message Structure - JSON message body failed to parse");
        }
    }

    private static void CheckBatch(List<PublishBatchRequestEntry> entries)
    {
        if (entries.Count == 0)
        {
            throw new AwsException("EmptyBatchRequest", 400, "The batch request doesn't contain any entries.");
        }

        if (entries.Count > LargestBatch)
        {
            throw new AwsException(
                "TooManyEntriesInBatchRequest",
                400,
                "The batch request contains more entries than permissible."
            );
        }

        if (entries.DistinctBy(entry => entry.Id).Count() < entries.Count)
        {
            throw new AwsException(
                "BatchEntryIdsNotDistinct",
                400,
                "Two or more batch entries in the request have the same Id."
            );
        }
    }
}
