using Plumbline.Aws.Instances;
using Plumbline.Loop.Home;
using Plumbline.Pipelines.Steps;
using Plumbline.Pipelines.Values;
using Plumbline.Records;
using Plumbline.Records.Data;
using Plumbline.Records.Examples;
using Plumbline.Records.Project;

namespace Plumbline.Loop.Training;

/// <summary>Creates the steps of the training pipeline.</summary>
internal sealed class TrainingSteps
{
    internal const string Input = "/opt/ml/processing/input";
    private const string Output = "/opt/ml/processing/output";
    private static readonly PropertyFile PrepareFile = new("Prepared", "prepare", PrepareReport.File);
    private static readonly PropertyFile EvaluationFile = new("Evaluation", "evaluation", "evaluation.json");
    private static readonly PropertyFile ComparisonFile = new("Comparison", "comparison", "comparison.json");

    // The same as in the SageMaker SDK's PyTorchModel.
    private static readonly Dictionary<string, PipelineValue> HandlerVariables = new()
    {
        ["SAGEMAKER_PROGRAM"] = "inference.py",
        ["SAGEMAKER_SUBMIT_DIRECTORY"] = "/opt/ml/model/code",
    };

    private readonly LoopNames names;
    private readonly TrainingParameters parameters;

    public TrainingSteps(ProjectDescription project, LoopNames names, TrainingParameters parameters)
    {
        (Project, this.names, this.parameters) = (project, names, parameters);
        Prepare = Job(
            "Prepare",
            [
                "prepare",
                "--endpoint",
                names.Endpoint,
                "--commit",
                parameters.CommitId,
                "--trigger",
                parameters.StartedBy,
                .. project.Training.Refreshes() ? (PipelineValue[])["--kind", parameters.Kind] : [],
                "--at",
                ExecutionVariable.StartDateTime,
            ],
            [
                new ProcessingInput("base", parameters.BaseData, $"{Input}/base"),
                new ProcessingInput("corrections", $"s3://{names.Bucket}/{Layout.Corrections}", $"{Input}/corrections"),
            ],
            "prepare",
            PrepareFile
        );
    }

    public ProjectDescription Project { get; }

    public ProcessingStep Prepare { get; }

    /// <summary>True if the project brings its own training code.</summary>
    public bool BringsCode => Project.Training.BringsCode();

    /// <summary>True if the build packs that code.</summary>
    public bool HasCode => Project.Training.HasCode();

    private bool IsPyTorch => Project.Training.IsPyTorch();

    private bool HasHandler => Project.Training.HasHandler();

    private string ExampleType => Project.Data.IsContent() ? "application/jsonlines" : "text/csv";

    private ContentChannels Contents => new(Project.Data, Prepared("contentsUri"));

    /// <summary>A value from the result of Prepare.</summary>
    public PipelineValue Prepared(string name) => Prepare.JsonGet(PrepareFile, name);

    public TrainingStep Train(string name, int rounds, PipelineValue? warmStart)
    {
        var training = Project.Training;
        List<Channel> channels =
        [
            new("train", Prepared("trainUri"), ExampleType),
            new("validation", Prepared("validationUri"), ExampleType),
        ];
        channels.AddRange(Contents.OfTraining(training.Input));
        if (warmStart is not null)
        {
            channels.Add(new Channel("model", warmStart));
        }

        // The jobs image runs the program of this channel.
        channels.AddRange(Project.Training.IsDotnet() ? [new Channel("code", parameters.Code)] : []);

        return new TrainingStep(name)
        {
            TrainingImage =
                training.Image
                ?? (
                    IsPyTorch
                        ? names.Aws.Images.PytorchTraining
                            ?? PyTorchImages.Training(training.Version, names.Region, training.Instance)
                        : names.Jobs()
                ),
            RoleArn = names.RoleArn(names.JobRole),
            InstanceType = training.Instance,
            VolumeSizeInGB = training.Volume,
            MaxRuntimeInSeconds = Seconds(training.MaxRuntime),
            MaxWaitTimeInSeconds = training.Spot ? Seconds(training.MaxWait) : null,
            S3OutputPath = Folder("models"),
            CheckpointS3Uri = Folder(Layout.Checkpoints, name),
            // A project's own code may need the network: AWS's PyTorch image even fetches it. Plumbline's needs none.
            EnableNetworkIsolation = !BringsCode,
            Inputs = channels,
            HyperParameters = HyperParameters(rounds),
            MetricDefinitions = TrainingFigures.Of(Project),
            RetryPolicies = JobRetries.Policies,
        }.In(names.Aws, training.Instance);
    }

    /// <summary>Evaluates a model; if the project's own code made it, its server scores the rows first.</summary>
    /// <param name="which">Old, New, Production or First.</param>
    /// <param name="modelUri">The model.</param>
    /// <param name="scores">Gets the step that scores it, if there is one.</param>
    /// <param name="isReplaced">True for production, if it answers the rows without a new column.</param>
    /// <param name="suffix">Makes the names of steps unique in all branches.</param>
    public ProcessingStep Evaluate(
        string which,
        PipelineValue modelUri,
        List<Step> scores,
        bool isReplaced = false,
        string suffix = ""
    )
    {
        var model = new ProcessingInput("model", modelUri, $"{Input}/model");
        var replaced = Function.Join("/", Prepare.OutputUri("prepare"), ReplacedRows.Folder);
        if (BringsCode)
        {
            var score = Score($"Score{which}{suffix}", model, isReplaced ? replaced : Prepared("testUri"));
            scores.Add(score);
            model = new ProcessingInput("scores", score.OutputUri("scores"), $"{Input}/scores");
        }

        List<ProcessingInput> inputs = [model, new ProcessingInput("test", Prepared("testUri"), $"{Input}/test")];
        if (isReplaced)
        {
            inputs.Add(new ProcessingInput("replaced", replaced, $"{Input}/replaced"));
        }

        return Job(
            $"Evaluate{which}{suffix}",
            ["evaluate", "--role", which.ToLowerInvariant()],
            inputs,
            "evaluation",
            EvaluationFile
        );
    }

    /// <param name="candidates">
    /// The candidates (<see cref="ComparisonInputs"/>). Without <c>old</c>, prepare tells why.
    /// </param>
    /// <param name="production">Production's evaluation.</param>
    /// <param name="suffix">Makes the step's name unique in all branches.</param>
    public ProcessingStep Compare(
        IEnumerable<ProcessingInput> candidates,
        ProcessingStep production,
        string suffix = ""
    ) =>
        Job(
            $"Compare{suffix}",
            ["compare"],
            [.. candidates, ComparisonInputs.Of("production", production)],
            "comparison",
            ComparisonFile
        ) with
        {
            // In all branches at the same place: Layout.Comparison.
            Outputs = [new ProcessingOutput("comparison", $"{Output}/comparison", Folder("executions", "Compare"))],
        };

    /// <summary>The comparison's verdict about a candidate.</summary>
    public static ApprovalVerdict Verdict(ProcessingStep compare, string role) =>
        new(
            compare.JsonGet(ComparisonFile, $"{role}.approvalStatus"),
            compare.JsonGet(ComparisonFile, $"{role}.reason")
        );

    /// <summary>The evaluation's verdict about a first model.</summary>
    public static ApprovalVerdict Verdict(ProcessingStep evaluate) =>
        new(
            evaluate.JsonGet(EvaluationFile, "plumbline.approvalStatus"),
            evaluate.JsonGet(EvaluationFile, "plumbline.reason")
        );

    public RegisterModelStep Register(
        string name,
        string role,
        TrainingStep train,
        ProcessingStep evaluate,
        ApprovalVerdict verdict,
        bool isAlone = false
    ) =>
        new(name)
        {
            ModelPackageGroupName = names.ModelPackageGroup,
            // CreateModelPackage has no field for the reason of a status: people read the description.
            ModelPackageDescription = verdict.Reason,
            Image = HasHandler ? Inference(Project.Endpoint.Instance) : names.Serving(),
            Environment = HasHandler ? HandlerVariables : new Dictionary<string, PipelineValue>(),
            ModelDataUrl = train.S3ModelArtifacts,
            ContentTypes = Project.Data.IsContent()
                ? [.. ContentTypes.OfBaseData.Select(type => (PipelineValue)type)]
                : ["text/csv", "application/json"],
            ResponseTypes = Project.Data.IsContent() ? ["application/json"] : ["application/json", "text/csv"],
            InferenceInstances = [Project.Endpoint.Instance],
            ModelApprovalStatus = verdict.Status,
            ModelQualityStatisticsS3Uri = Function.Join("/", evaluate.OutputUri("evaluation"), "evaluation.json"),
            CustomerMetadataProperties = VersionFacts.Of(role, train, parameters, Prepared, isAlone),
            MetadataProperties = new Dictionary<string, PipelineValue>
            {
                ["CommitId"] = parameters.CommitId,
                ["Repository"] = names.Repository,
                ["GeneratedBy"] = ExecutionVariable.PipelineExecutionArn,
            },
        };

    private Dictionary<string, PipelineValue> HyperParameters(int rounds)
    {
        var all = Project.JobHyperparameters(rounds).ToDictionary(pair => pair.Key, pair => (PipelineValue)pair.Value);
        if (IsPyTorch)
        {
            all["sagemaker_submit_directory"] = parameters.Code;
        }

        return all;
    }

    /// <summary>Scores the held-out examples by the server that will serve the model, in its image.</summary>
    private ProcessingStep Score(string name, ProcessingInput model, PipelineValue test)
    {
        List<ProcessingInput> inputs = [model, new ProcessingInput("test", test, $"{Input}/test")];
        if (HasHandler)
        {
            inputs.Add(new ProcessingInput("code", $"s3://{names.Bucket}/{ScoreProgram.Key}", $"{Input}/code"));
        }

        inputs.AddRange(Contents.OfTest(Input));
        return HasHandler
            ? Processing(name, Inference(Project.Processing.Instance), inputs, "scores") with
            {
                ContainerEntrypoint = ["python3", $"{Input}/code/score.py"],
            }
            : Processing(name, names.Serving(), inputs, "scores") with
            {
                ContainerArguments = ["score"],
            };
    }

    /// <summary>A step that runs a program of the jobs image.</summary>
    public ProcessingStep Job(
        string name,
        IReadOnlyList<PipelineValue> arguments,
        IReadOnlyList<ProcessingInput> inputs,
        string output,
        PropertyFile file
    ) =>
        Processing(name, names.Jobs(), inputs, output) with
        {
            ContainerArguments = [.. arguments, "--project", parameters.Project],
            PropertyFiles = [file],
        };

    private string Inference(string instance) =>
        names.Aws.Images.PytorchInference ?? PyTorchImages.Inference(Project.Training.Version, names.Region, instance);

    private ProcessingStep Processing(
        string name,
        string image,
        IReadOnlyList<ProcessingInput> inputs,
        string output
    ) =>
        new ProcessingStep(name)
        {
            ImageUri = image,
            RoleArn = names.RoleArn(names.JobRole),
            InstanceType = Project.Processing.Instance,
            VolumeSizeInGB = Project.Processing.Volume,
            MaxRuntimeInSeconds = Seconds(Project.Processing.MaxRuntime),
            Inputs = inputs,
            Outputs = [new ProcessingOutput(output, $"{Output}/{output}", Folder("executions", name))],
            RetryPolicies = JobRetries.Policies,
        }.In(names.Aws, Project.Processing.Instance);

    /// <summary>A folder in the bucket for this execution alone.</summary>
    public PipelineValue Folder(string kind, params IEnumerable<PipelineValue> below) =>
        Function.Join("/", [$"s3://{names.Bucket}/{kind}", ExecutionVariable.PipelineExecutionId, .. below]);

    private static int Seconds(TimeSpan duration) => (int)duration.TotalSeconds;
}
