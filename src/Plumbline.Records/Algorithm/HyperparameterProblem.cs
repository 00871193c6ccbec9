namespace Plumbline.Records.Algorithm;

/// <summary>A hyperparameter that a training would refuse.</summary>
/// <param name="Name">The hyperparameter.</param>
/// <param name="Reason">Why, to go after its name; for AWS's algorithm the sentence that AWS's image gives.</param>
public sealed record HyperparameterProblem(string Name, string Reason);
