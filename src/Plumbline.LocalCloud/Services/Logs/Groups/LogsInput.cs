namespace Plumbline.LocalCloud.Services.Logs.Groups;

/// <summary>Inputs that several operations share.</summary>
internal static class LogsInput
{
    /// <summary>Returns the group's name, which is given as a name or as an identifier.</summary>
    public static string Group(string? groupName, string? groupIdentifier) =>
        (groupName, groupIdentifier) switch
        {
            ({ } name, null) => name,
            (null, { } identifier) => LogGroup.NameOf(identifier),
            (null, null) => throw LogsErrors.Invalid("logGroupName or logGroupIdentifier must be specified."),
            _ => throw LogsErrors.Invalid("logGroupName and logGroupIdentifier are mutually exclusive."),
        };
}
