namespace Plumbline.LocalCloud.State;

/// <summary>A stored item cannot be read: another version wrote it, or the disk has damaged it.</summary>
/// <param name="item">Its kind and its name.</param>
public sealed class UnreadableItemException(string item)
    : Exception($"{item} cannot be read: another version wrote it, or the disk has damaged it.");
