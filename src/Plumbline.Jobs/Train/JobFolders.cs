namespace Plumbline.Jobs.Train;

/// <summary>Where SageMaker's training contract puts things, under <c>/opt/ml</c> or SAGEMAKER_BASE_DIR.</summary>
public sealed record JobFolders(string Root)
{
    /// <summary>hyperparameters.json, inputdataconfig.json, resourceconfig.json.</summary>
    public string Configuration => Path.Combine(Root, "input", "config");

    /// <summary>The files that become model.tar.gz.</summary>
    public string Model => Path.Combine(Root, "model");

    /// <summary>Kept while the job runs, and given back to a job that goes on. Only there where it was asked for.</summary>
    public string Checkpoints => Path.Combine(Root, "checkpoints");

    /// <summary>Its first 1,024 characters become the job's FailureReason.</summary>
    public string Failure => Path.Combine(Root, "output", "failure");

    public static JobFolders FromEnvironment() =>
        new(Environment.GetEnvironmentVariable("SAGEMAKER_BASE_DIR") is { Length: > 0 } root ? root : "/opt/ml");

    /// <summary>The data of one channel.</summary>
    public string Channel(string name) => Path.Combine(Root, "input", "data", name);
}
