namespace Plumbline.LocalCloud.Services.Iam.Authorization;

/// <summary>The rights that SageMaker uses by itself, for jobs, model servers and the steps of pipelines.</summary>
internal static class SageMakerAsks
{
    private const string Jobs = "SageMaker, for a training or processing job";
    private const string JobRole = "the job's RoleArn";
    private const string Servers = "SageMaker, for a model server";
    private const string ModelRole = "the model's ExecutionRoleArn";
    private const string Pipelines = "SageMaker Pipelines, for a step";
    private const string PipelineRole = "the pipeline's RoleArn";

    private const string SageMakerRoles =
        "SageMaker Developer Guide, How to use SageMaker AI execution roles (sagemaker-roles)";

    private const string LeastPrivilegeRun =
        "seen in a least-privilege run on AWS of 2026-08: the step fails where the right is missing";

    /// <summary>A job's inputs are looked up.</summary>
    public static ServiceAsk ListInputs { get; } =
        new(
            Jobs,
            JobRole,
            "it looks up the objects of an S3Prefix input, or the checkpoints that are there",
            ["s3:ListBucket"],
            "the bucket, with the prefix as s3:prefix",
            SageMakerRoles
        );

    /// <summary>A job's inputs are downloaded.</summary>
    public static ServiceAsk ReadInputs { get; } =
        new(
            Jobs,
            JobRole,
            "it downloads an input, a manifest, a checkpoint, or the code that sagemaker_submit_directory names",
            ["s3:GetObject"],
            "each object",
            SageMakerRoles
        );

    /// <summary>A job's results are stored.</summary>
    public static ServiceAsk StoreOutputs { get; } =
        new(
            Jobs,
            JobRole,
            "it uploads outputs, checkpoints and the model",
            ["s3:PutObject"],
            "each object",
            SageMakerRoles
        )
        {
            By = ["s3 PutObject"],
        };

    /// <summary>
    /// A job or a model server writes its output to a log. Without the right it runs, but without a log.
    /// </summary>
    public static ServiceAsk KeepLog { get; } =
        new(
            "SageMaker, for a job or a model server; CodeBuild, for a build",
            "the role of the job, the model or the project",
            "its program prints something",
            ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
            "the log group and its streams",
            SageMakerRoles + "; " + BuildAsks.BuildRoles
        )
        {
            By = ["logs CreateLogGroup", "logs CreateLogStream", "logs PutLogEvents"],
        };

    /// <summary>A training job's figures become metrics. Without the right it runs, but without metrics.</summary>
    public static ServiceAsk SendMetrics { get; } =
        new(
            "SageMaker, for a training job",
            JobRole,
            "its program prints a figure that MetricDefinitions take in",
            ["cloudwatch:PutMetricData"],
            "*",
            SageMakerRoles
        )
        {
            By = ["monitoring PutMetricData"],
        };

    /// <summary>The sign-in to the registry.</summary>
    public static ServiceAsk SignInToRegistry { get; } =
        new(
            "SageMaker, for a job or a model server; CodeBuild, where imagePullCredentialsType is SERVICE_ROLE",
            "the role of the job, the model or the project",
            "it pulls an image of any account's Amazon ECR",
            ["ecr:GetAuthorizationToken"],
            "*",
            SageMakerRoles + "; CodeBuild User Guide, Amazon ECR sample (sample-ecr)"
        );

    /// <summary>The image itself. Another account's repository has to allow it too, as AWS's own repositories do.</summary>
    public static ServiceAsk PullImage { get; } =
        new(
            SignInToRegistry.Who,
            SignInToRegistry.Role,
            SignInToRegistry.When,
            ["ecr:BatchCheckLayerAvailability", "ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage"],
            "the repository, of whichever account the image's URI names",
            SignInToRegistry.Source + "; for AWS's own images aws/sagemaker-python-sdk issue 2002"
        );

    /// <summary>CreateModel looks at the model's archive.</summary>
    public static ServiceAsk LookAtModelData { get; } =
        new(
            "SageMaker",
            ModelRole,
            "CreateModel is called with a ModelDataUrl",
            ["s3:GetObject"],
            "the archive",
            SageMakerRoles + ", CreateModel; the refusal's words: philschmid/llm-sagemaker-sample issue 2"
        );

    /// <summary>A model server's files are downloaded.</summary>
    public static ServiceAsk LoadModel { get; } =
        new(
            Servers,
            ModelRole,
            "an endpoint starts it, and downloads the archive, or the code that SAGEMAKER_SUBMIT_DIRECTORY names",
            ["s3:GetObject"],
            "the object",
            SageMakerRoles + ", CreateModel; the refusal's words: aws-samples/cvat-on-aws-china issue 3"
        );

    /// <summary>Captured requests and answers are stored.</summary>
    public static ServiceAsk StoreCaptures { get; } =
        new(
            "SageMaker, for an endpoint",
            "the configuration's ExecutionRoleArn, or the first model's",
            "a file of captured data is full or old enough",
            ["s3:PutObject"],
            "the object below DataCaptureConfig's S3 URI",
            "SageMaker Developer Guide, Capture data from a real-time endpoint (model-monitor-data-capture-endpoint)"
        )
        {
            By = ["s3 PutObject"],
        };

    /// <summary>The alarms that roll an update back are checked.</summary>
    public static ServiceAsk WatchAlarms { get; } =
        new(
            "SageMaker, for an endpoint",
            "the configuration's ExecutionRoleArn, or the first model's; and whoever calls CreateEndpoint or UpdateEndpoint",
            "a deployment has an AutoRollbackConfiguration: at the call in both names, during the deployment in the role's",
            ["cloudwatch:DescribeAlarms"],
            "each alarm",
            "SageMaker Developer Guide, Auto-Rollback Configuration and Monitoring (deployment-guardrails-configuration)"
        )
        {
            By = ["monitoring DescribeAlarms"],
        };

    /// <summary>A step creates its job or resource, and tags it.</summary>
    public static ServiceAsk MakeStep { get; } =
        new(
            Pipelines,
            PipelineRole,
            "the step starts; what it makes is tagged with the execution and the step, and a job or a model is handed its role",
            [
                "sagemaker:CreateTrainingJob",
                "sagemaker:CreateProcessingJob",
                "sagemaker:CreateModel",
                "sagemaker:CreateModelPackageGroup",
                "sagemaker:CreateModelPackage",
                "sagemaker:AddTags",
                "iam:PassRole",
            ],
            "what the step makes; for a RegisterModel step also its group, which it makes each time",
            "SageMaker Developer Guide, IAM Access Management of Pipelines (build-and-manage-access); "
                + LeastPrivilegeRun
        )
        {
            By =
            [
                "sagemaker CreateTrainingJob",
                "sagemaker CreateProcessingJob",
                "sagemaker CreateModel",
                "sagemaker CreateModelPackageGroup",
                "sagemaker CreateModelPackage",
            ],
        };

    /// <summary>A version that a step registers counts as tagged, although its tags are the group's.</summary>
    public static ServiceAsk TagVersion { get; } =
        new(
            Pipelines,
            PipelineRole,
            "a RegisterModel step adds a version to a group",
            ["sagemaker:AddTags"],
            "model-package/GROUP/*",
            "SageMaker Developer Guide, IAM Access Management of Pipelines (build-and-manage-access)"
        );

    /// <summary>A step is followed to its end, and stopped with its execution.</summary>
    public static ServiceAsk FollowStep { get; } =
        new(
            Pipelines,
            PipelineRole,
            "the step goes on, and when the execution is stopped",
            [
                "sagemaker:DescribeTrainingJob",
                "sagemaker:DescribeProcessingJob",
                "sagemaker:DescribeModel",
                "sagemaker:DescribeModelPackage",
                "sagemaker:StopTrainingJob",
                "sagemaker:StopProcessingJob",
            ],
            "what the step made",
            LeastPrivilegeRun
        )
        {
            By =
            [
                "sagemaker DescribeTrainingJob",
                "sagemaker DescribeProcessingJob",
                "sagemaker DescribeModel",
                "sagemaker DescribeModelPackage",
                "sagemaker StopTrainingJob",
                "sagemaker StopProcessingJob",
            ],
        };

    /// <summary>A property file is read.</summary>
    public static ServiceAsk ReadPropertyFile { get; } =
        new(
            Pipelines,
            PipelineRole,
            "a condition or an argument has Std:JsonGet",
            ["s3:GetObject"],
            "the property file",
            "SageMaker Developer Guide, Property Files and JsonGet (build-and-manage-propertyfile)"
        )
        {
            By = ["s3 GetObject"],
        };

    /// <summary>A pipeline's definition is read.</summary>
    public static ServiceAsk ReadDefinition { get; } =
        new(
            "SageMaker Pipelines",
            "whoever calls CreatePipeline or UpdatePipeline",
            "the call names a PipelineDefinitionS3Location",
            ["s3:GetObject"],
            "the object",
            "SageMaker API Reference, PipelineDefinitionS3Location"
        )
        {
            By = ["s3 GetObject"],
        };
}
