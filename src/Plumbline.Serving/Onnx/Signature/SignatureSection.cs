using System.Text.Json;
using Plumbline.XGBoost.Inputs;

namespace Plumbline.Serving.Onnx.Signature;

/// <summary>One object of signature.json. Every message names the member by its path, such as input.resize.filter.</summary>
internal sealed class SignatureSection(JsonElement element, string path)
{
    private readonly HashSet<string> known = [];

    /// <summary>Returns the error of a member.</summary>
    public InputException Wrong(string name, string reason) => new(ModelSignature.FileName, $"{PathOf(name)} {reason}");

    public bool Has(string name) => Find(name) is not null;

    public SignatureSection Section(string name) =>
        Find(name) switch
        {
            { ValueKind: JsonValueKind.Object } value => new(value, PathOf(name)),
            null => throw Wrong(name, "is missing"),
            _ => throw Wrong(name, "is not an object"),
        };

    public SignatureSection? OptionalSection(string name) => Find(name) is null ? null : Section(name);

    public string? OptionalText(string name) =>
        Find(name) switch
        {
            null => null,
            { ValueKind: JsonValueKind.String } value when value.GetString() is { Length: > 0 } text => text,
            _ => throw Wrong(name, "is not a text"),
        };

    /// <summary>Returns one of several words; the first one if the member is missing and not required.</summary>
    public string Word(string name, bool isRequired, params string[] words)
    {
        var list = $"{string.Join(", ", words[..^1])} or {words[^1]}";
        var text = OptionalText(name) ?? (isRequired ? throw Wrong(name, $"is missing: write {list}") : words[0]);
        return words.Contains(text) ? text : throw Wrong(name, $"is '{text}': write {list}");
    }

    public int Whole(string name, int least, int most) =>
        Find(name) is { } value ? Whole(name, value, least, most) : throw Wrong(name, "is missing");

    public int Whole(string name, int least, int most, int otherwise) =>
        Find(name) is null ? otherwise : Whole(name, least, most);

    public double Number(string name, double otherwise) => Find(name) is { } value ? Number(name, value) : otherwise;

    /// <summary>Returns a list of whole numbers from 1; null if the member is missing.</summary>
    public int[]? Lengths(string name, int most) =>
        Find(name) switch
        {
            null => null,
            { ValueKind: JsonValueKind.Array } list =>
            [
                .. list.EnumerateArray().Select(value => Whole(name, value, 1, most)),
            ],
            { } value => throw Wrong(
                name,
                $"has {value.GetRawText()}: write a list of whole numbers, such as [28, 28]"
            ),
        };

    /// <summary>Returns one number for each channel; one number alone is that of every channel.</summary>
    public double[] Channels(string name, int count, double otherwise)
    {
        if (Find(name) is not { } value)
        {
            return [.. Enumerable.Repeat(otherwise, count)];
        }
        double[] numbers =
            value.ValueKind == JsonValueKind.Array
                ? [.. value.EnumerateArray().Select(item => Number(name, item))]
                : [.. Enumerable.Repeat(Number(name, value), count)];
        return numbers.Length == count
            ? numbers
            : throw Wrong(name, $"has {numbers.Length} numbers: write {count}, one for each channel");
    }

    public IReadOnlyList<string> Texts(string name) =>
        Find(name) switch
        {
            null => throw Wrong(name, "is missing"),
            { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray().Select(value => Text(name, value))],
            _ => throw Wrong(name, "is not a list of texts"),
        };

    /// <exception cref="InputException">The object has a member that nothing asked for.</exception>
    public void End()
    {
        foreach (var member in element.EnumerateObject().Where(member => !known.Contains(member.Name)))
        {
            throw Wrong(member.Name, $"is not known here: write {string.Join(", ", known)}");
        }
    }

    private JsonElement? Find(string name)
    {
        known.Add(name);
        return element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    private string PathOf(string name) => path.Length == 0 ? name : $"{path}.{name}";

    private int Whole(string name, JsonElement value, int least, int most) =>
        value.ValueKind == JsonValueKind.Number
        && value.TryGetInt32(out var number)
        && number >= least
        && number <= most
            ? number
            : throw Wrong(name, $"has {value.GetRawText()}: write a whole number from {least} to {most}");

    private double Number(string name, JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number)
            ? number
            : throw Wrong(name, $"has {value.GetRawText()}: write a number");

    private string Text(string name, JsonElement value) =>
        value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw Wrong(name, $"has {value.GetRawText()}: write each of them as a text, such as \"cat\"");
}
