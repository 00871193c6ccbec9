using Microsoft.Extensions.Logging;

namespace Plumbline.LocalCloud.Services.Iam.Authorization;

internal static partial class Log
{
    [LoggerMessage(
        LogLevel.Warning,
        "The role {Role} was never created here, so its sessions may do everything. Create it with CreateRole and PutRolePolicy, and they are held to its policies."
    )]
    public static partial void RoleIsUnknown(ILogger logger, string role);

    [LoggerMessage(
        LogLevel.Warning,
        "The role {Role} was never created here, and with --strict-roles its sessions may do nothing. Create it with CreateRole and PutRolePolicy."
    )]
    public static partial void RoleIsRefused(ILogger logger, string role);
}
