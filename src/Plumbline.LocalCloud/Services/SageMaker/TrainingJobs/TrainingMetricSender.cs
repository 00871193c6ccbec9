using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Plumbline.Aws.Errors;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Identity;

namespace Plumbline.LocalCloud.Services.SageMaker.TrainingJobs;

/// <summary>Sends the metrics that training jobs print to CloudWatch, in AWS's namespace, while the jobs run.</summary>
internal sealed class TrainingMetricSender(Dispatcher dispatcher, ILogger<TrainingMetricSender> log)
{
    private const string Namespace = "/aws/sagemaker/TrainingJobs";

    // AWS's limit for the values of a datum.
    private const int MostValues = 150;

    public async Task SendAsync(
        string job,
        IEnumerable<(string Name, double Value)> figures,
        Caller role,
        CancellationToken cancellationToken
    )
    {
        foreach (var metric in figures.GroupBy(figure => figure.Name, figure => figure.Value))
        {
            var data = metric.Chunk(MostValues).Select(values => Datum(job, metric.Key, values));
            var input = new JsonObject { ["Namespace"] = Namespace, ["MetricData"] = new JsonArray([.. data]) };
            try
            {
                await dispatcher.CallAsync("monitoring", "PutMetricData", input, role, cancellationToken);
            }
            catch (AwsException refused)
            {
                // As on AWS, CloudWatch refuses some values and names; that must not fail the job.
                Log.MetricRefused(log, job, metric.Key, refused.Message);
            }
        }
    }

    private static JsonObject Datum(string job, string name, double[] values) =>
        new()
        {
            ["MetricName"] = name,
            ["Dimensions"] = new JsonArray(new JsonObject { ["Name"] = "TrainingJobName", ["Value"] = job }),
            ["Values"] = new JsonArray([.. values.Select(value => (JsonNode)value)]),
        };
}
