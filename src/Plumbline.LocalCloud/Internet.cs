namespace Plumbline.LocalCloud;

/// <summary>
/// The programs that use this machine's network, with its loopback, instead of reaching only the local cloud. Each
/// value includes those before it.
/// </summary>
public enum Internet
{
    Nobody,

    /// <summary>Builds, as on AWS: they fetch the packages with which they build.</summary>
    Builds,

    /// <summary>Builds, jobs and model servers, except those with <c>EnableNetworkIsolation</c>.</summary>
    Everyone,
}
