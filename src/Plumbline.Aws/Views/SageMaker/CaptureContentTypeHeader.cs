using System.Text.Json.Nodes;
using Plumbline.Aws.Protocols;

namespace Plumbline.Aws.Views.SageMaker;

// Written by tools/ApiModels from its views folder.
/// <summary>The members that are read of SageMaker's CaptureContentTypeHeader.</summary>
public sealed record CaptureContentTypeHeader(JsonObject Tree)
{
    public IEnumerable<string> CsvContentTypes => Tree.Texts("CsvContentTypes");

    public IEnumerable<string> JsonContentTypes => Tree.Texts("JsonContentTypes");
}
