using Microsoft.Extensions.Logging;

namespace Plumbline.LocalCloud.Services.Iam.Authorization;

internal static partial class Log
{
    [LoggerMessage(
        LogLevel.Warning,
        "The role {Role} was never made here, so its sessions may do everything. Make it with CreateRole and PutRolePolicy, and they are held to its policies."
    )]
    public static partial void RoleIsUnknown(ILogger logger, string role);
}
