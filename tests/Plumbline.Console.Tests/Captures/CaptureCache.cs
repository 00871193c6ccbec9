using Microsoft.Extensions.Logging.Abstractions;
using Plumbline.Loop.Home;
using Plumbline.Loop.Tests;
using Plumbline.WebConsole.Captures;

namespace Plumbline.WebConsole.Tests.Captures;

internal static class CaptureCache
{
    /// <summary>Makes an index in the cache folder and updates it.</summary>
    public static async Task<CaptureIndex> IndexAsync(this CaptureCloud cloud, LoopContext? loop = null)
    {
        var index = new CaptureIndex(loop ?? cloud.Loop, cloud.Cache, TimeProvider.System, NullLogger.Instance);
        await index.UpdateAsync();
        return index;
    }
}
