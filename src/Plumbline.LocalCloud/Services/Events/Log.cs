using Microsoft.Extensions.Logging;

namespace Plumbline.LocalCloud.Services.Events;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Information, "Event {Id} ({DetailType}) matches rule {Rule}.")]
    public static partial void Matched(ILogger logger, string? id, string? detailType, string? rule);

    [LoggerMessage(LogLevel.Information, "Rule {Rule} triggered {Target}.")]
    public static partial void Delivered(ILogger logger, string rule, string? target);

    [LoggerMessage(LogLevel.Warning, "Rule {Rule} could not trigger {Target}; it is tried again.")]
    public static partial void DeliveryFailed(ILogger logger, string rule, string? target, Exception exception);

    [LoggerMessage(LogLevel.Error, "Rule {Rule} could not trigger {Target} and gives up: the event is lost.")]
    public static partial void GivenUp(ILogger logger, string rule, string? target, Exception exception);

    [LoggerMessage(LogLevel.Error, "Event {Sequence} cannot be read: it is set aside, and no rule sees it.")]
    public static partial void EventSetAside(ILogger logger, long sequence, Exception exception);

    [LoggerMessage(LogLevel.Error, "Delivery {Sequence} of rule {Rule} cannot be read: it is set aside.")]
    public static partial void DeliverySetAside(ILogger logger, long sequence, string rule, Exception exception);

    [LoggerMessage(LogLevel.Error, "Rule {Rule} could not be matched with event {Id}, and is not triggered by it.")]
    public static partial void NotMatched(ILogger logger, string? rule, string? id, Exception exception);

    [LoggerMessage(LogLevel.Error, "The schedule of rule {Rule} cannot be read: the rule does not fire.")]
    public static partial void NotScheduled(ILogger logger, string? rule, Exception exception);

    [LoggerMessage(LogLevel.Error, "Rule {Rule} could not be fired on its schedule; it is tried again in a minute.")]
    public static partial void NotFired(ILogger logger, string rule, Exception exception);
}
