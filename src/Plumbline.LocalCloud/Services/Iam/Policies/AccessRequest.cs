namespace Plumbline.LocalCloud.Services.Iam.Policies;

/// <summary>A question that a policy answers: may this be done to that, in these circumstances.</summary>
/// <param name="Action">Such as <c>sagemaker:CreateTrainingJob</c>.</param>
/// <param name="Resource">An ARN; <c>*</c> where AWS knows no resource for the action.</param>
/// <param name="Context">The values of condition keys, by their names without regard to case; a missing key has no entry.</param>
/// <param name="Principal">Who asks; only policies of resources look at it.</param>
internal sealed record AccessRequest(
    string Action,
    string Resource,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Context,
    Principal Principal
);

/// <summary>The answer of a policy, or of several.</summary>
internal enum Decision
{
    /// <summary>No statement speaks of it: it may not be done.</summary>
    ImplicitDeny,

    /// <summary>A statement allows it, and none denies it.</summary>
    Allow,

    /// <summary>A statement denies it, whatever the others say.</summary>
    ExplicitDeny,
}
