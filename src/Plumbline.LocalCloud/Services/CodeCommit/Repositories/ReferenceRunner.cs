using Microsoft.Extensions.Hosting;

namespace Plumbline.LocalCloud.Services.CodeCommit.Repositories;

/// <summary>On start: references that git moved, but whose events a crash kept from being written.</summary>
internal sealed class ReferenceRunner(RepositoryStore repositories) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var repository in repositories.List())
        {
            await repositories.RecordReferencesAsync((string)repository["repositoryName"]!, callerArn: null);
        }
    }
}
