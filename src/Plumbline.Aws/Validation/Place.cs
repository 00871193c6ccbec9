namespace Plumbline.Aws.Validation;

/// <summary>Where a value stands in an input, as AWS writes it: <c>tags.2.member.key</c>. Text only when asked for.</summary>
internal sealed record Place(Place? Parent, string Name)
{
    /// <inheritdoc/>
    public override string ToString() => Parent is null ? Decapitalized : $"{Parent}.{Decapitalized}";

    private string Decapitalized => char.ToLowerInvariant(Name[0]) + Name[1..];
}
