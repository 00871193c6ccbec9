using System.Globalization;
using System.Text.Json;

namespace Plumbline.Training;

/// <summary>The hyperparameters of a job, by their names in <c>plumbline.yaml</c>.</summary>
public sealed class JobParameters
{
    private readonly IReadOnlyDictionary<string, JsonElement> values;

    internal JobParameters(IReadOnlyDictionary<string, JsonElement> values) => this.values = values;

    /// <summary>True if the job has the hyperparameter.</summary>
    public bool Has(string name) => values.ContainsKey(name);

    /// <param name="name">The hyperparameter's name.</param>
    /// <param name="otherwise">The value of a job that does not have it; null if it is required.</param>
    /// <exception cref="InvalidDataException">It is required, and the job does not have it.</exception>
    public string Text(string name, string? otherwise = null) =>
        values.TryGetValue(name, out var value)
            ? value.ValueKind == JsonValueKind.String
                ? value.GetString()!
                : value.GetRawText()
            : otherwise ?? throw Missing(name);

    /// <inheritdoc cref="Text"/>
    /// <exception cref="InvalidDataException">It is missing, or is not a whole number.</exception>
    public int Whole(string name, int? otherwise = null) =>
        !Has(name) && otherwise is { } usual ? usual
        : int.TryParse(Text(name), CultureInfo.InvariantCulture, out var value) ? value
        : throw new InvalidDataException($"hyperparameter {name}: '{Text(name)}' is not a whole number");

    /// <inheritdoc cref="Text"/>
    /// <exception cref="InvalidDataException">It is missing, or is not a number.</exception>
    public double Number(string name, double? otherwise = null) =>
        !Has(name) && otherwise is { } usual ? usual
        : double.TryParse(Text(name), CultureInfo.InvariantCulture, out var value) ? value
        : throw new InvalidDataException($"hyperparameter {name}: '{Text(name)}' is not a number");

    private static InvalidDataException Missing(string name) =>
        new($"hyperparameter {name} is missing: write it into training.hyperparameters of plumbline.yaml");
}
