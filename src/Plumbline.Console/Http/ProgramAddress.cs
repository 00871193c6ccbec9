namespace Plumbline.WebConsole.Http;

/// <summary>
/// Marks an address for programs: they sign in with a token and never with a cookie, and get JSON instead of pages.
/// </summary>
internal sealed class ProgramAddress;
