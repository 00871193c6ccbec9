namespace Plumbline.Records.Algorithm;

/// <summary>A hyperparameter that a training would refuse.</summary>
/// <param name="Reason">
/// The end of a sentence that begins with the name; for AWS's algorithm, the message of AWS's image.
/// </param>
public sealed record HyperparameterProblem(string Name, string Reason);
