namespace Plumbline.LocalCloud.State;

/// <summary>A change was given up before it was made, because another one is stuck. Nothing of it is kept.</summary>
/// <param name="operation">The change that is stuck.</param>
internal sealed class DatabaseBusyException(string operation)
    : IOException($"The change was not made: {operation} holds up all changes. Try again later.");
