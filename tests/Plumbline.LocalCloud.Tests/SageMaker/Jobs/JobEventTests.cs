using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;
using Plumbline.LocalCloud.Services.SageMaker;
using Plumbline.LocalCloud.Services.SageMaker.Jobs;

namespace Plumbline.LocalCloud.Tests.SageMaker.Jobs;

public sealed class JobEventTests
{
    [Fact]
    public void A_job_event_tells_the_job_with_its_times_in_milliseconds()
    {
        var job = JsonNode
            .Parse(
                """
                {"TrainingJobName":"a","CreationTime":1583831889.05,
                 "SecondaryStatusTransitions":[{"Status":"Starting","StartTime":1583831889.05}]}
                """
            )!
            .AsObject();

        var detail = JobEvent.Detail(job, DateTimeOffset.FromUnixTimeMilliseconds(1583831890000));

        detail.Text("TrainingJobName").ShouldBe("a");
        detail.Long("CreationTime").ShouldBe(1583831889050);
        detail.Long("LastModifiedTime").ShouldBe(1583831890000);
        detail.Objects("SecondaryStatusTransitions").Single().Long("StartTime").ShouldBe(1583831889050);
        job.Double("CreationTime").ShouldBe(1583831889.05);
    }
}
