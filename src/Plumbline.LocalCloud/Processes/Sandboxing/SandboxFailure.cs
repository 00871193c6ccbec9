namespace Plumbline.LocalCloud.Processes.Sandboxing;

/// <summary>
/// A sandbox cannot be made on this machine now, so nothing may run; the message says why and what to do.
/// </summary>
internal sealed class SandboxFailure(string reason)
    : IOException(
        $"bubblewrap does not work on this machine, and nothing runs without a sandbox ({reason}). "
            + "On Debian: apt-get install bubblewrap. "
            + "To run everything with all rights of the user of the local cloud: plumb up --without-sandbox."
    );
