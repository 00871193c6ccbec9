namespace Plumbline.LocalCloud.Tests.SageMaker.Pipelines;

/// <summary>Steps of a pipeline definition that need no job.</summary>
internal static class StepTexts
{
    internal static string Model(string name, string dependsOn = "") =>
        $$$$$"""{"Name":"{{{{{name}}}}}","Type":"Model","DependsOn":[{{{{{dependsOn}}}}}],"Arguments":{"ExecutionRoleArn":"{{{{{PipelineCalls.Role}}}}}","PrimaryContainer":{"Image":"image:1","ModelDataUrl":"s3://bucket/model.tar.gz"}}}""";

    internal static string Register(string name, string group, string dependsOn = "") =>
        $$$$$"""{"Name":"{{{{{name}}}}}","Type":"RegisterModel","DependsOn":[{{{{{dependsOn}}}}}],"Arguments":{"ModelPackageGroupName":{{{{{group}}}}},"InferenceSpecification":{"Containers":[{"Image":"image:1","ModelDataUrl":"s3://bucket/model.tar.gz"}],"SupportedContentTypes":["text/csv"],"SupportedResponseMIMETypes":["text/csv"]}}}""";
}
