using Plumbline.LocalCloud.Services.SageMaker.Hosting.Capture;
using Plumbline.LocalCloud.Services.SageMaker.Hosting.Connections;
using Plumbline.LocalCloud.Services.SageMaker.Hosting.Metrics;

namespace Plumbline.LocalCloud.Services.SageMaker.Hosting.Routing;

/// <summary>The route of an endpoint's requests. It is immutable: a change publishes another route.</summary>
/// <param name="EndpointName">The endpoint.</param>
/// <param name="Variants">At least one variant.</param>
internal sealed record EndpointRoute(string EndpointName, IReadOnlyList<VariantRoute> Variants)
{
    private readonly double weight = Variants.Sum(variant => variant.Weight);

    /// <summary>Draws a variant at random, by the weights.</summary>
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

    /// <summary>Returns the variant of that name, or null.</summary>
    public VariantRoute? Named(string name) => Variants.FirstOrDefault(variant => variant.Name == name);
}

/// <summary>One variant of a route.</summary>
/// <param name="Name">The variant's name.</param>
/// <param name="Weight">Its share of the traffic, relative to the other variants.</param>
/// <param name="Server">The access to its model server.</param>
/// <param name="Metrics">Counts its requests and their outcomes.</param>
/// <param name="Capture">Captures its requests; null if the endpoint does not capture.</param>
internal sealed record VariantRoute(
    string Name,
    double Weight,
    ModelServerPort Server,
    VariantMetrics Metrics,
    CaptureLog? Capture
);
