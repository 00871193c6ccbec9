namespace Plumbline.WebConsole.People;

/// <summary>A user of the console.</summary>
/// <param name="Name">As it is typed and shown; unique, whatever its case.</param>
/// <param name="Role">The user's rights.</param>
/// <param name="Hash">The password's hash, in ASP.NET Core's format.</param>
/// <param name="Stamp">Changes with password and role: a session with another stamp is over.</param>
/// <param name="Created">When the user was added, UTC.</param>
public sealed record User(string Name, UserRole Role, string Hash, string Stamp, DateTimeOffset Created);
