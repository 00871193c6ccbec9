namespace Plumbline.LocalCloud.Services;

/// <summary>The tags of a resource, in the order in which they were added: AWS lists them with an operation of their own.</summary>
internal class TagState
{
    /// <summary>The values of the tags by their keys.</summary>
    public OrderedDictionary<string, string> Tags { get; init; } = [];
}
