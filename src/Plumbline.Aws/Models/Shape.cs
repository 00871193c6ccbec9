using System.Text.Json;

namespace Plumbline.Aws.Models;

/// <summary>
/// A type of AWS's service model as it is seen from one place: what the member that refers to it says
/// (location, wire name, flattening) wins over what the type itself says.
/// </summary>
public sealed class Shape
{
    private readonly ShapeTable table;
    private readonly JsonElement definition;
    private readonly JsonElement reference;
    private readonly Lazy<ShapeParts> parts;

    internal Shape(ShapeTable table, string name, JsonElement definition, JsonElement reference)
    {
        (this.table, Name, this.definition, this.reference) = (table, name, definition, reference);
        Kind = KindOf(definition);
        LocationName =
            reference.ValueKind == JsonValueKind.Object && reference.TryGetProperty("locationName", out var wireName)
                ? wireName.GetString()
                : null;
        DeclaredName = definition.TryGetProperty("locationName", out var declared) ? declared.GetString() : null;
        Payload = Text("payload");
        ResultWrapper = Text("resultWrapper");
        TimestampFormat = Text("timestampFormat");
        Pattern = Text("pattern");
        Location = Text("location");
        Flattened = Flag("flattened");
        Streaming = Flag("streaming");
        Union = Flag("union");
        EventStream = Flag("eventstream");
        XmlAttribute = Flag("xmlAttribute");
        JsonValue = Flag("jsonvalue");
        IdempotencyToken = Flag("idempotencyToken");
        IsException = Flag("exception") || Trait("error") is not null;
        Min = Number("min");
        Max = Number("max");
        Enum = Texts("enum");
        Required = Texts("required");
        XmlNamespace = XmlNamespace.Of(Trait("xmlNamespace"));
        Error = ErrorTrait.Of(Name, Trait("error"), IsException, Flag("fault"));
        parts = new Lazy<ShapeParts>(() => table.PartsOf(Name, definition));
    }

    /// <summary>The type's name in the model, such as <c>TrainingJobName</c>.</summary>
    public string Name { get; }

    /// <summary>The kind of value.</summary>
    public ShapeKind Kind { get; }

    /// <summary>The members of a structure, in the model's order; empty for the other kinds.</summary>
    public IReadOnlyDictionary<string, Shape> Members => parts.Value.Members;

    /// <summary>The members of a structure by their name on the wire (locationName, else the member's own name).</summary>
    public IReadOnlyDictionary<string, KeyValuePair<string, Shape>> WireMembers => parts.Value.WireMembers;

    /// <summary>The shape of a list's members.</summary>
    public Shape Member => parts.Value.Member ?? throw new InvalidOperationException($"{Name} is not a list.");

    /// <summary>The shape of a map's keys.</summary>
    public Shape Key => parts.Value.Key ?? throw new InvalidOperationException($"{Name} is not a map.");

    /// <summary>The shape of a map's values.</summary>
    public Shape Value => parts.Value.Value ?? throw new InvalidOperationException($"{Name} is not a map.");

    /// <summary>The names of the members that must be there.</summary>
    public IReadOnlyList<string> Required { get; }

    /// <summary>The values that a string may have; empty where it is free.</summary>
    public IReadOnlyList<string> Enum { get; }

    /// <summary>The regular expression that a string must satisfy as a whole.</summary>
    public string? Pattern { get; }

    /// <summary>The least length (text, list, map, blob) or value (number).</summary>
    public decimal? Min { get; }

    /// <summary>The greatest length (text, list, map, blob) or value (number).</summary>
    public decimal? Max { get; }

    /// <summary>uri, querystring, header, headers, statusCode, or null for the body.</summary>
    public string? Location { get; }

    /// <summary>The name on the wire that the referring member gives; null where it is the member's own.</summary>
    public string? LocationName { get; }

    /// <summary>The name on the wire that the type itself declares, whoever refers to it.</summary>
    public string? DeclaredName { get; }

    /// <summary>The member that is the whole body.</summary>
    public string? Payload { get; }

    /// <summary>The element around a Query result.</summary>
    public string? ResultWrapper { get; }

    /// <summary>iso8601, iso8601Milliseconds (never without them), rfc822 or unixTimestamp where it is not the protocol's own.</summary>
    public string? TimestampFormat { get; }

    /// <summary>True where a list or map has no element of its own around its members.</summary>
    public bool Flattened { get; }

    /// <summary>True where the bytes pass beside the tree.</summary>
    public bool Streaming { get; }

    /// <summary>True where a structure has exactly one of its members.</summary>
    public bool Union { get; }

    /// <summary>True where the body is an event stream.</summary>
    public bool EventStream { get; }

    /// <summary>True where the member is an attribute of its parent's element.</summary>
    public bool XmlAttribute { get; }

    /// <summary>True where a string holds JSON (base64 where it is a header).</summary>
    public bool JsonValue { get; }

    /// <summary>True where clients fill the member with a new UUID where it is not given.</summary>
    public bool IdempotencyToken { get; }

    /// <summary>True where the shape is an error.</summary>
    public bool IsException { get; }

    /// <summary>The XML namespace declared on the element, where there is one.</summary>
    public XmlNamespace? XmlNamespace { get; }

    /// <summary>Code and status of an error shape.</summary>
    public ErrorTrait? Error { get; }

    private static ShapeKind KindOf(JsonElement definition) =>
        definition.GetProperty("type").GetString() switch
        {
            "structure" when definition.TryGetProperty("document", out _) => ShapeKind.Document,
            "structure" => ShapeKind.Structure,
            "list" => ShapeKind.List,
            "map" => ShapeKind.Map,
            "string" or "character" => ShapeKind.String,
            "integer" or "short" or "byte" => ShapeKind.Integer,
            "long" => ShapeKind.Long,
            "float" => ShapeKind.Float,
            "double" => ShapeKind.Double,
            "boolean" => ShapeKind.Boolean,
            "timestamp" => ShapeKind.Timestamp,
            "blob" => ShapeKind.Blob,
            var type => throw new InvalidDataException($"A shape has the unknown type '{type}'."),
        };

    private JsonElement? Trait(string name) =>
        reference.ValueKind == JsonValueKind.Object && reference.TryGetProperty(name, out var own) ? own
        : definition.TryGetProperty(name, out var declared) ? declared
        : null;

    private string? Text(string name) =>
        Trait(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private bool Flag(string name) => Trait(name) is { ValueKind: JsonValueKind.True };

    private decimal? Number(string name) =>
        Trait(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetDecimal(out var value) ? value : null;

    private string[] Texts(string name) =>
        Trait(name) is { ValueKind: JsonValueKind.Array } list
            ? [.. list.EnumerateArray().Select(item => item.GetString()!)]
            : [];
}
