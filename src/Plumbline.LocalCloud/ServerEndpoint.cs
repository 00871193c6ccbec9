namespace Plumbline.LocalCloud;

/// <summary>The address that the local cloud listens on. Runners that start jobs wait until it is known.</summary>
internal sealed class ServerEndpoint
{
    private readonly TaskCompletionSource<Uri> announced = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The address, such as <c>http://127.0.0.1:4570</c>.</summary>
    public Task<Uri> WaitAsync(CancellationToken cancellationToken) => announced.Task.WaitAsync(cancellationToken);

    internal void Announce(Uri endpoint) => announced.TrySetResult(endpoint);
}
