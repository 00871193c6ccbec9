namespace Plumbline.Aws.Instances;

/// <summary>
/// A PyTorch version for which AWS has images for training and for serving, so that a saved model can be loaded.
/// Versions and Pythons come from the SageMaker Python SDK's table (sagemaker-core's image_uri_config/pytorch.json, of
/// 2026-08-21). From 2.7 on AWS has no serving image.
/// </summary>
/// <param name="Name">The short form: <c>2.6</c>.</param>
/// <param name="Full">The form in image tags: <c>2.6.0</c>.</param>
/// <param name="Python">The form in image tags: <c>py312</c>.</param>
/// <param name="TrainingPatched">The last day on which the training images get patches.</param>
/// <param name="ServingPatched">The last day on which the serving images get patches.</param>
public sealed record PyTorchVersion(
    string Name,
    string Full,
    string Python,
    DateOnly TrainingPatched,
    DateOnly ServingPatched
)
{
    /// <summary>
    /// All versions, oldest first. The days come from AWS's support policy
    /// (https://aws.github.io/deep-learning-containers/reference/support_policy).
    /// </summary>
    public static IReadOnlyList<PyTorchVersion> Known { get; } =
    [
        Of("2.0", "2.0.1", "py310", new DateOnly(2024, 3, 15)),
        Of("2.1", "2.1.0", "py310", new DateOnly(2024, 10, 4)),
        Of("2.2", "2.2.0", "py310", new DateOnly(2025, 1, 30)),
        Of("2.3", "2.3.0", "py311", new DateOnly(2025, 4, 24)),
        Of("2.4", "2.4.0", "py311", new DateOnly(2025, 7, 24)),
        Of("2.5", "2.5.1", "py311", new DateOnly(2025, 10, 29)),
        // The last version with TorchServe; AWS patched its serving images for longer.
        Of("2.6", "2.6.0", "py312", new DateOnly(2026, 1, 29)) with
        {
            ServingPatched = new DateOnly(2026, 6, 30),
        },
    ];

    /// <summary>The newest version, whose patches also end last.</summary>
    public static PyTorchVersion Newest => Known[^1];

    /// <summary>Finds a version by its short name or its tag; null unless AWS has both images of it.</summary>
    public static PyTorchVersion? Find(string name) =>
        Known.FirstOrDefault(one => one.Name == name || one.Full == name);

    private static PyTorchVersion Of(string name, string full, string python, DateOnly patched) =>
        new(name, full, python, patched, patched);
}
