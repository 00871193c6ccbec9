namespace Plumbline.Aws.Validation;

/// <summary>
/// The place of a value in an input, in AWS's form: <c>tags.2.member.key</c>. The text is made only when needed.
/// </summary>
internal sealed record MemberPath(MemberPath? Parent, string Name)
{
    /// <inheritdoc/>
    public override string ToString() => Parent is null ? Decapitalized : $"{Parent}.{Decapitalized}";

    private string Decapitalized => char.ToLowerInvariant(Name[0]) + Name[1..];
}
