using System.Text.Json;
using Plumbline.XGBoost.Inputs;

namespace Plumbline.Jobs.Train;

/// <summary>The JSON objects in <c>input/config</c>.</summary>
internal static class JsonInput
{
    public static JsonDocument Read(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        if (!File.Exists(path))
        {
            throw new InputException(name, $"not found in {folder}");
        }
        try
        {
            var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document
                : throw new InputException(name, "it is not a JSON object");
        }
        catch (JsonException e)
        {
            throw new InputException(name, $"it is not JSON (line {e.LineNumber + 1})");
        }
    }
}
