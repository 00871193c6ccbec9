using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.LocalCloud.Services.SageMaker.Jobs;

/// <summary>The detail of training and processing job events: the job, with times in milliseconds.</summary>
internal static class JobEvent
{
    private static readonly string[] Times =
    [
        "CreationTime",
        "LastModifiedTime",
        "TrainingStartTime",
        "TrainingEndTime",
        "ProcessingStartTime",
        "ProcessingEndTime",
    ];

    public static JsonObject Detail(JsonObject job, DateTimeOffset modified)
    {
        var detail = job.DeepClone().AsObject();
        detail["LastModifiedTime"] = Tree.Of(modified);
        foreach (var name in Times)
        {
            if (detail.Time(name) is { } moment)
            {
                detail[name] = moment.ToUnixTimeMilliseconds();
            }
        }

        foreach (var transition in detail.Objects("SecondaryStatusTransitions"))
        {
            foreach (var name in (string[])["StartTime", "EndTime"])
            {
                if (transition.Time(name) is { } moment)
                {
                    transition[name] = moment.ToUnixTimeMilliseconds();
                }
            }
        }

        return detail;
    }
}
