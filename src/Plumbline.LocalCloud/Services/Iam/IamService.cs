using Microsoft.Extensions.DependencyInjection;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Services.Iam.Authorization;
using Plumbline.LocalCloud.Services.Iam.ManagedPolicies;
using Plumbline.LocalCloud.Services.Iam.Policies;
using Plumbline.LocalCloud.Services.Iam.Roles;

namespace Plumbline.LocalCloud.Services.Iam;

internal static class IamService
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<PolicyCache<RoleRights>>();
        services.AddSingleton<ManagedPolicyStore>();
        services.AddSingleton<RoleStore>();
        services.AddSingleton<AccessLog>();
        services.AddSingleton<ServiceTrust>();
        services.AddSingleton<Authorizer>();
        services.AddSingleton(provider =>
        {
            var authorizer = provider.GetRequiredService<Authorizer>();
            return new CallCheck(authorizer.Check, authorizer.CheckOwn);
        });
        services.AddSingleton(provider => new ServiceRights(provider.GetRequiredService<Authorizer>()));
        services.AddAwsService(
            "iam",
            typeof(RoleApi),
            typeof(RolePolicyApi),
            typeof(AttachedPolicyApi),
            typeof(ManagedPolicyApi)
        );
    }
}
