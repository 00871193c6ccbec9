using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Plumbline.LocalCloud.Time;

namespace Plumbline.LocalCloud.Services.CodeCommit.Repositories;

/// <summary>At start, records references that git moved but whose events a crash lost.</summary>
internal sealed class ReferenceRunner(RepositoryStore repositories, ILogger<ReferenceRunner> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var repository in repositories.List())
        {
            var name = repository.RepositoryName;
            try
            {
                await repositories.RecordReferencesAsync(name, callerArn: null);
            }
            catch (Exception exception)
            {
                Log.ItemFailed(log, name, exception);
            }
        }
    }
}
