using System.Globalization;

namespace Plumbline.Serving.Aws;

/// <summary>One value of an answer: a Python int, a float, or a list of either.</summary>
internal readonly record struct AwsValue(IReadOnlyList<double> Numbers, bool IsList, bool AreWhole)
{
    public static readonly AwsValue None = Of(double.NaN);

    public static AwsValue Of(double number) => new([number], IsList: false, AreWhole: false);

    public static AwsValue Whole(int number) => new([number], IsList: false, AreWhole: true);

    public static AwsValue List(IEnumerable<double> numbers) => new([.. numbers], IsList: true, AreWhole: false);

    public static AwsValue Labels(int count) => new([.. Enumerable.Range(0, count)], IsList: true, AreWhole: true);

    /// <summary>The value as Python's <c>str</c> formats it.</summary>
    public override string ToString() => IsList ? $"[{string.Join(", ", Numbers.Select(Shown))}]" : Shown(Numbers[0]);

    /// <summary>The value as Python's <c>json</c> writes it, which includes NaN and Infinity.</summary>
    public string ToJson() =>
        ToString().Replace("nan", "NaN", StringComparison.Ordinal).Replace("inf", "Infinity", StringComparison.Ordinal);

    private string Shown(double number) =>
        AreWhole ? ((int)number).ToString(CultureInfo.InvariantCulture) : PythonText.Of(number);
}
