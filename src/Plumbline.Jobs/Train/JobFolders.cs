namespace Plumbline.Jobs.Train;

/// <summary>The folders of SageMaker's training contract, under <c>/opt/ml</c> or SAGEMAKER_BASE_DIR.</summary>
public sealed record JobFolders(string Root)
{
    /// <summary>The folder of hyperparameters.json, inputdataconfig.json and resourceconfig.json.</summary>
    public string Configuration => Path.Combine(Root, "input", "config");

    /// <summary>The folder whose files become model.tar.gz.</summary>
    public string Model => Path.Combine(Root, "model");

    /// <summary>
    /// The folder that SageMaker uploads while the job runs, and restores when the job is resumed. It exists only if
    /// the job asks for checkpoints.
    /// </summary>
    public string Checkpoints => Path.Combine(Root, "checkpoints");

    /// <summary>The path of a file whose first 1,024 characters become the job's FailureReason.</summary>
    public string Failure => Path.Combine(Root, "output", "failure");

    public static JobFolders FromEnvironment() =>
        new(Environment.GetEnvironmentVariable("SAGEMAKER_BASE_DIR") is { Length: > 0 } root ? root : "/opt/ml");

    /// <summary>The folder with the data of one channel.</summary>
    public string Channel(string name) => Path.Combine(Root, "input", "data", name);
}
