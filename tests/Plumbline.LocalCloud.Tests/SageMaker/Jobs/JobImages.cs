namespace Plumbline.LocalCloud.Tests.SageMaker.Jobs;

/// <summary>The images of <see cref="JobCloud"/>, as images.json describes them.</summary>
internal static class JobImages
{
    public static IReadOnlyList<object> All { get; } =
    [
        new
        {
            image = "*/shell:*",
            command = (string[])["sh", JobScripts.Program],
            algorithm = "exec",
        },
        new
        {
            image = "*/rare-framework:*",
            command = (string[])["python3"],
            algorithm = "script",
            imports = "no_such_framework",
        },
        new
        {
            image = "*/sagemaker-xgboost:*",
            command = (string[])["true"],
            algorithm = "xgboost",
        },
        new
        {
            image = "*/sagemaker-xgboost-script:*",
            command = (string[])["python3"],
            algorithm = "script",
        },
        new
        {
            image = "*/pytorch-training:*",
            command = (string[])["python3"],
            algorithm = "script",
        },
    ];
}
