using Microsoft.Extensions.Logging;

namespace Plumbline.LocalCloud.Services.Iam.Roles;

internal static partial class Log
{
    [LoggerMessage(
        LogLevel.Warning,
        "AWS's policy {Policy} is not known here, so it allows the role {Role} nothing. Allow what the role needs with PutRolePolicy."
    )]
    public static partial void PolicyIsUnknown(ILogger logger, string policy, string role);

    [LoggerMessage(
        LogLevel.Warning,
        "AWS's policy {Policy} allows the role {Role} only actions of the services that are here, which may be less than on AWS."
    )]
    public static partial void PolicyIsShortened(ILogger logger, string policy, string role);
}
