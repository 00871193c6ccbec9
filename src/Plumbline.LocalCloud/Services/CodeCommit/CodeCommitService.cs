using Microsoft.Extensions.DependencyInjection;
using Plumbline.LocalCloud.Gateway;
using Plumbline.LocalCloud.Services.CodeCommit.Branches;
using Plumbline.LocalCloud.Services.CodeCommit.Commits;
using Plumbline.LocalCloud.Services.CodeCommit.GitHttp;
using Plumbline.LocalCloud.Services.CodeCommit.Repositories;

namespace Plumbline.LocalCloud.Services.CodeCommit;

internal static class CodeCommitService
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<RepositoryStore>();
        services.AddSingleton<CommitWriter>();
        services.AddSingleton<GitHttpPath>();
        services.AddHostedService<ReferenceRunner>();
        services.AddSingleton(provider => new OwnPath(
            CloneUrl.Prefix,
            provider.GetRequiredService<GitHttpPath>().AnswerAsync
        ));
        services.AddAwsService("codecommit", typeof(RepositoryApi), typeof(BranchApi), typeof(CommitApi));
    }
}
