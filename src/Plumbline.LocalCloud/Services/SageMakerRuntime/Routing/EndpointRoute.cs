using Plumbline.LocalCloud.Services.SageMakerRuntime.Capture;
using Plumbline.LocalCloud.Services.SageMakerRuntime.Metrics;
using Plumbline.LocalCloud.Services.SageMakerRuntime.ModelServers;

namespace Plumbline.LocalCloud.Services.SageMakerRuntime.Routing;

/// <summary>Where an endpoint's requests go. It does not change: another takes its place.</summary>
/// <param name="EndpointName">The endpoint.</param>
/// <param name="Variants">At least one.</param>
internal sealed record EndpointRoute(string EndpointName, IReadOnlyList<VariantRoute> Variants)
{
    private readonly double weight = Variants.Sum(variant => variant.Weight);

    /// <summary>A variant, by the shares of traffic.</summary>
    public VariantRoute Choose()
    {
        if (Variants.Count == 1)
        {
            return Variants[0];
        }

        var mark = Random.Shared.NextDouble() * weight;
        foreach (var variant in Variants)
        {
            mark -= variant.Weight;
            if (mark < 0)
            {
                return variant;
            }
        }

        return Variants[^1];
    }

    /// <summary>The variant of that name, or null.</summary>
    public VariantRoute? Named(string name) => Variants.FirstOrDefault(variant => variant.Name == name);
}

/// <summary>One variant of a route.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Weight">Its share, relative to the others'.</param>
/// <param name="Server">The way to its model server.</param>
/// <param name="Metrics">Counts what becomes of its requests.</param>
/// <param name="Capture">What is written down of them; null for nothing.</param>
internal sealed record VariantRoute(
    string Name,
    double Weight,
    ModelServerPort Server,
    VariantMetrics Metrics,
    CaptureLog? Capture
);
