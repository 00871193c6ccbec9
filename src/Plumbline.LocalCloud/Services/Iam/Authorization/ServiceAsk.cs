namespace Plumbline.LocalCloud.Services.Iam.Authorization;

/// <summary>Something that a service does by itself with a role, for which the role needs a permission.</summary>
/// <param name="Who">The service, or its part, that acts.</param>
/// <param name="Role">The role that it uses.</param>
/// <param name="When">The occasion.</param>
/// <param name="Actions">The actions that IAM is asked about, such as <c>s3:GetObject</c>.</param>
/// <param name="On">The resource.</param>
/// <param name="Source">AWS's documentation of it, or where AWS was seen to do so.</param>
internal sealed record ServiceAsk(
    string Who,
    string Role,
    string When,
    IReadOnlyList<string> Actions,
    string On,
    string Source
)
{
    /// <summary>
    /// The operations that carry it out, each as <c>service Operation</c>; <see cref="AccessTable"/> has the rights
    /// that they require. Empty if it is done without a call: then the code that does it checks this row with
    /// <see cref="ServiceRights"/>.
    /// </summary>
    public IReadOnlyList<string> By { get; init; } = [];
}
