using Amazon.S3;
using Plumbline.Aws.Client;
using Plumbline.Aws.Client.Services;

namespace Plumbline.Loop.Home;

/// <summary>The services that the loop calls over one connection; the same on AWS and in the local cloud.</summary>
public sealed class LoopClients(AwsConnection connection) : IDisposable
{
    public AwsConnection Connection => connection;

    public IAmazonS3 S3 { get; } = S3ClientFactory.Create(connection);

    public SageMakerClient SageMaker { get; } = new(connection);

    public SageMakerRuntimeClient Runtime { get; } = new(connection);

    public CloudWatchClient CloudWatch { get; } = new(connection);

    public LogsClient Logs { get; } = new(connection);

    public EventsClient Events { get; } = new(connection);

    public SnsClient Sns { get; } = new(connection);

    public CodeBuildClient CodeBuild { get; } = new(connection);

    public CodeCommitClient CodeCommit { get; } = new(connection);

    public StsClient Sts { get; } = new(connection);

    public IamClient Iam { get; } = new(connection);

    public CloudFormationClient CloudFormation { get; } = new(connection);

    /// <inheritdoc/>
    public void Dispose() => S3.Dispose();
}
