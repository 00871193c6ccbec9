namespace Plumbline.LocalCloud.State;

/// <summary>A change was given up before it was made, because another one holds up all changes. Nothing of it is kept.</summary>
/// <param name="operation">The change that does not end.</param>
public sealed class DatabaseBusyException(string operation)
    : IOException($"The change was not made: {operation} holds up all changes. Try again later.");
