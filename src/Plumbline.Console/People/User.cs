namespace Plumbline.WebConsole.People;

/// <summary>Somebody who may sign in.</summary>
/// <param name="Name">As it is typed and shown; unique, whatever its case.</param>
/// <param name="Role">What they may do.</param>
/// <param name="Hash">The password's hash, ASP.NET Core's format.</param>
/// <param name="Stamp">Changes with password and role: a session with another one is over.</param>
/// <param name="Created">When the user was made, UTC.</param>
public sealed record User(string Name, Role Role, string Hash, string Stamp, DateTimeOffset Created);
