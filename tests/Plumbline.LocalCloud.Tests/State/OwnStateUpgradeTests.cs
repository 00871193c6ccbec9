using Dapper;
using Plumbline.LocalCloud.Identity;
using Plumbline.LocalCloud.Services;
using Plumbline.LocalCloud.Services.Events.Rules;
using Plumbline.LocalCloud.Services.Iam.ManagedPolicies;
using Plumbline.LocalCloud.Services.SageMaker.Hosting.Endpoints;
using Plumbline.LocalCloud.Services.SageMaker.ModelPackageGroups;
using Plumbline.LocalCloud.Services.SageMaker.PipelineExecutions.Records;
using Plumbline.LocalCloud.Services.SageMaker.Pipelines;
using Plumbline.LocalCloud.Services.Sns.Topics;
using Plumbline.LocalCloud.State;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.State;

/// <summary>Schema 18: the upgrade of a data folder in which the trees had the local cloud's own state.</summary>
public sealed class OwnStateUpgradeTests : IDisposable
{
    /// <summary>1795848193 in Unix seconds.</summary>
    private static readonly DateTimeOffset Then = DateTimeOffset.FromUnixTimeSeconds(1795848193);

    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task The_clouds_own_state_moves_from_the_trees_to_the_column_beside_them()
    {
        var path = folder.At("plumbline.db");
        await OldDatabase.WriteAsync(
            path,
            17,
            """
            INSERT INTO documents VALUES
                ('cloudwatch/alarm', 'a', '', 1, 1, '{"AlarmName":"a","Tags":{"b":"2","a":"1"}}'),
                ('codebuild/project', 'p', '', 1, 1, '{"name":"p","badgeEnabled":true}'),
                ('codecommit/repository', 'r', '', 1, 1, '{"repositoryName":"r","tags":{}}'),
                ('events/rule', 'r', '', 1, 1, '{"Name":"r","Tags":{},"Targets":[{"Id":"t"}],"ScheduleStart":1795848193.123,"LastFired":1795848253.5}'),
                ('events/rule', 's', '', 1, 1, '{"Name":"s"}'),
                ('iam/credential-grant', 'g', '', 1, 1, '{"Token":"t","RoleArn":"r","SessionName":"s"}'),
                ('iam/key-pair', 'k', '', 1, 1, '{"AccessKeyId":"k","SecretAccessKey":"s","SessionToken":null,"Expiration":1795848193123,"Arn":"a","UserId":"u"}'),
                ('iam/policy', 'p', '', 1, 1, '{"Arn":"p","Versions":[{"VersionId":"v2","Document":"{}","CreateDate":7}],"NextVersion":3}'),
                ('sagemaker/endpoint', 'e', '', 1, 1, '{"EndpointName":"e","Fleet":"f","NextFleet":"n","BakeUntil":1795848193,"PendingDeploymentConfig":{"A":{}}}'),
                ('sagemaker/endpoint', 'f', '', 1, 1, '{"EndpointName":"f","Fleet":"f"}'),
                ('sagemaker/endpoint', 'unreadable', '', 1, 1, '{"EndpointName":'),
                ('sagemaker/fleet', 'f', '', 1, 1, '{"Id":"f","EndpointName":"e"}'),
                ('sagemaker/model-package-group', 'g', '', 1, 1, '{"ModelPackageGroupName":"g","LastVersion":4}'),
                ('sagemaker/model-package-token', 't', '', 1, 1, '{"ModelPackageArn":"a","Input":{"B":[1.50]}}'),
                ('sagemaker/pipeline', 'p', '', 1, 1, '{"PipelineName":"p","ClientRequestToken":"t","PipelineVersionId":2}'),
                ('sagemaker/pipeline-execution', 'e', 'p', 1, 1, '{"PipelineArn":"p","PipelineParameters":[{"Name":"N","Value":"1"}],"RoleArn":"r","EndTime":1795848193.5}'),
                ('sagemaker/pipeline-execution', 'f', 'p', 1, 1, '{"PipelineArn":"p","PipelineParameters":[],"RoleArn":"r"}'),
                ('sagemaker/training-job', 'j', '', 1, 1, '{"TrainingJobName":"j","SessionChainingConfig":{}}'),
                ('sns/subscription', 's', 't', 1, 1, '{"Endpoint":"e","Pending":true}'),
                ('sns/topic', 't', '', 1, 1, '{"Attributes":{},"Tags":{"k":"v"}}')
            """
        );

        await using (var database = Database.Open(path))
        {
            var endpoint = Stored<EndpointState>(database, "sagemaker/endpoint", "e");
            endpoint.Fleet.ShouldBe("f");
            endpoint.NextFleet.ShouldBe("n");
            endpoint.BakeUntil.ShouldBe(Then);
            endpoint.PendingDeploymentConfig!.ToJsonString().ShouldBe("""{"A":{}}""");
            Stored<EndpointState>(database, "sagemaker/endpoint", "f").BakeUntil.ShouldBeNull();
            var rule = Stored<EventRuleState>(database, "events/rule", "r");
            rule.Targets.Single().ToJsonString().ShouldBe("""{"Id":"t"}""");
            rule.ScheduleStart.ShouldBe(Then.AddMilliseconds(123));
            rule.LastFired.ShouldBe(Then.AddSeconds(60.5));
            Stored<EventRuleState>(database, "events/rule", "s").ScheduleStart.ShouldBeNull();
            Stored<TagState>(database, "cloudwatch/alarm", "a").Tags.ShouldBe([new("b", "2"), new("a", "1")]);
            Stored<TagState>(database, "sns/topic", "t").Tags.ShouldBe([new("k", "v")]);
            Stored<TagState>(database, "events/bus", "default").Tags.ShouldBeEmpty();
            Stored<SubscriptionState>(database, "sns/subscription", "s").Pending.ShouldBeTrue();
            var pipeline = Stored<PipelineState>(database, "sagemaker/pipeline", "p");
            (pipeline.ClientRequestToken, pipeline.Version).ShouldBe(("t", 2));
            var ended = Stored<ExecutionState>(database, "sagemaker/pipeline-execution", "e");
            (ended.RoleArn, ended.EndTime).ShouldBe(("r", Then.AddSeconds(0.5)));
            ended.Parameters.ShouldBe([new("N", "1")]);
            Stored<ExecutionState>(database, "sagemaker/pipeline-execution", "f").EndTime.ShouldBeNull();
            Stored<PackageGroupState>(database, "sagemaker/model-package-group", "g").LastVersion.ShouldBe(4);
            var policy = Stored<ManagedPolicyState>(database, "iam/policy", "p");
            policy.Versions.ShouldBe([new StoredPolicyVersion("v2", "{}", 7)]);
            policy.NextVersion.ShouldBe(3);
            Stored<KeyPair>(database, "iam/key-pair", "k")
                .ShouldBe(new KeyPair("k", "s", null, Then.AddMilliseconds(123), new Caller("a", "u")));
        }

        using var connection = OldDatabase.Connect(path);
        connection
            .Query<string>("SELECT tree FROM documents ORDER BY kind, key")
            .ShouldBe([
                """{"AlarmName":"a"}""",
                """{"name":"p"}""",
                """{"repositoryName":"r"}""",
                "{}",
                """{"Name":"r"}""",
                """{"Name":"s"}""",
                "{}",
                "{}",
                """{"Arn":"p"}""",
                """{"EndpointName":"e"}""",
                """{"EndpointName":"f"}""",
                """{"EndpointName":""",
                "{}",
                """{"ModelPackageGroupName":"g"}""",
                "{}",
                """{"PipelineName":"p"}""",
                """{"PipelineArn":"p"}""",
                """{"PipelineArn":"p"}""",
                """{"TrainingJobName":"j"}""",
                """{"Endpoint":"e"}""",
                """{"Attributes":{}}""",
            ]);
        connection
            .Query<string>(
                """
                SELECT state FROM documents
                WHERE kind IN ('iam/credential-grant', 'sagemaker/fleet', 'sagemaker/model-package-token') ORDER BY kind
                """
            )
            .ShouldBe([
                """{"Token":"t","RoleArn":"r","SessionName":"s"}""",
                """{"Id":"f","EndpointName":"e"}""",
                """{"ModelPackageArn":"a","Input":{"B":[1.50]}}""",
            ]);
    }

    public void Dispose() => folder.Dispose();

    private static T Stored<T>(Database database, string kind, string key) =>
        database.Read(connection => new Documents<T>(kind).Find(connection, key))!.State;
}
