namespace Plumbline.LocalCloud.Services.Iam.Policies;

/// <summary>A question to a policy: is this action allowed on this resource, in this context?</summary>
/// <param name="Action">Such as <c>sagemaker:CreateTrainingJob</c>.</param>
/// <param name="Resource">An ARN, or <c>*</c> if AWS knows no resource for the action.</param>
/// <param name="Context">The values of condition keys.</param>
/// <param name="Principal">The caller; only policies of resources look at it.</param>
internal sealed record AccessRequest(string Action, string Resource, ConditionKeys Context, Principal Principal);

/// <summary>The answer of a policy, or of several.</summary>
internal enum Decision
{
    /// <summary>No statement applies: the action is refused.</summary>
    ImplicitDeny,

    /// <summary>A statement allows it, and no statement denies it.</summary>
    Allow,

    /// <summary>A statement denies it, whatever the others say.</summary>
    ExplicitDeny,
}
