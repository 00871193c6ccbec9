using Microsoft.Extensions.DependencyInjection;
using Plumbline.LocalCloud.Gateway;

namespace Plumbline.LocalCloud.Services.Sts;

internal static class StsService
{
    public static void Add(IServiceCollection services) => services.AddAwsService("sts", typeof(TokenApi));
}
