namespace Plumbline.LocalCloud.Services.Iam.Policies;

/// <summary>
/// The values of a request's condition keys by their names, ignoring case. They are collected when a policy first looks
/// at one, because most statements are decided without.
/// </summary>
/// <param name="collect">Returns the keys; a missing key has no entry.</param>
internal sealed class ConditionKeys(Func<Dictionary<string, IReadOnlyList<string>>> collect)
{
    private Dictionary<string, IReadOnlyList<string>>? collected;

    /// <summary>The values of a key; null if the request does not have it.</summary>
    public IReadOnlyList<string>? this[string key] => Collected.GetValueOrDefault(key);

    /// <summary>Sets a key to one value.</summary>
    public void Set(string key, string value) => Collected[key] = [value];

    private Dictionary<string, IReadOnlyList<string>> Collected => collected ??= collect();
}
