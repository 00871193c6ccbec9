using System.Globalization;
using System.Text.RegularExpressions;

namespace Plumbline.LocalCloud.Services.CloudWatch.Metrics;

/// <summary>
/// A metric math expression over one figure per metric: arithmetic, comparisons (1 or 0), AND and OR, and the functions
/// <c>IF(condition, a, b)</c> and <c>FILL(metric, number)</c>. A period has no datapoint if a figure is missing, or if
/// the expression divides by zero.
/// </summary>
internal sealed partial class MetricMath
{
    /// <summary>The operators, from the weakest binding to the strongest.</summary>
    private static readonly string[][] Levels =
    [
        ["OR", "||"],
        ["AND", "&&"],
        ["==", "!=", "<=", ">=", "<", ">"],
        ["+", "-"],
        ["*", "/"],
        ["^"],
    ];

    private readonly Queue<string> tokens;
    private readonly Figure value;
    private readonly HashSet<string> ids = [];

    private MetricMath(string text)
    {
        tokens = new Queue<string>(Token().Matches(text).Select(match => match.Value));
        value = Read(0);
        if (tokens.Count > 0)
        {
            throw Unknown(tokens.Peek());
        }
    }

    /// <summary>A value that depends on figures by their ids; null if a figure is missing.</summary>
    private delegate double? Figure(Func<string, double?> figures);

    /// <summary>The metrics that it names.</summary>
    public IReadOnlySet<string> Ids => ids;

    /// <exception cref="Aws.Errors.AwsException">
    /// It is invalid, or uses something that is not supported here.
    /// </exception>
    public static MetricMath Parse(string text) => new(text);

    /// <summary>Returns the value for the figures of one period; null without a finite result.</summary>
    public double? Of(Func<string, double?> figures) =>
        value(figures) is { } number && double.IsFinite(number) ? number : null;

    private Figure Read(int level)
    {
        if (level == Levels.Length)
        {
            return Operand();
        }

        var left = Read(level + 1);
        while (tokens.TryPeek(out var operation) && Levels[level].Contains(operation.ToUpperInvariant()))
        {
            tokens.Dequeue();
            left = Apply(operation.ToUpperInvariant(), left, Read(level + 1));
        }

        return left;
    }

    private static Figure Apply(string operation, Figure left, Figure right) =>
        figures =>
            (left(figures), right(figures)) is ({ } a, { } b)
                ? operation switch
                {
                    "OR" or "||" => Truth(a != 0 || b != 0),
                    "AND" or "&&" => Truth(a != 0 && b != 0),
                    "==" => Truth(a == b),
                    "!=" => Truth(a != b),
                    "<=" => Truth(a <= b),
                    ">=" => Truth(a >= b),
                    "<" => Truth(a < b),
                    ">" => Truth(a > b),
                    "+" => a + b,
                    "-" => a - b,
                    "*" => a * b,
                    "/" => b == 0 ? null : a / b,
                    _ => Math.Pow(a, b),
                }
                : null;

    private static double Truth(bool holds) => holds ? 1 : 0;

    private Figure Operand()
    {
        var token = Next();
        if (token == "-")
        {
            var negated = Operand();
            return figures => -negated(figures);
        }

        if (token == "(")
        {
            var inner = Read(0);
            Expect(")");
            return inner;
        }

        if (double.TryParse(token, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return _ => number;
        }

        if (tokens.TryPeek(out var next) && next == "(")
        {
            return Function(token);
        }

        if (!Id().IsMatch(token))
        {
            throw Unknown(token);
        }

        ids.Add(token);
        return figures => figures(token);
    }

    private Figure Function(string name)
    {
        var arguments = new List<Figure>();
        do
        {
            // Takes the opening bracket first, then the comma between two arguments.
            tokens.Dequeue();
            arguments.Add(Read(0));
        } while (tokens.TryPeek(out var next) && next == ",");
        Expect(")");
        return (name.ToUpperInvariant(), arguments) switch
        {
            ("IF", [var condition, var then, var otherwise]) => figures =>
                condition(figures) is { } holds ? (holds != 0 ? then : otherwise)(figures) : null,
            ("FILL", [var figure, var missing]) => figures => figure(figures) ?? missing(figures),
            _ => throw CloudWatchErrors.Validation(
                $"The local cloud does not implement {name} with {arguments.Count} arguments in metric math."
            ),
        };
    }

    private string Next() =>
        tokens.TryDequeue(out var token)
            ? token
            : throw CloudWatchErrors.Validation("Error in expression: it ends where a value is expected.");

    private void Expect(string token)
    {
        if (Next() is var found && found != token)
        {
            throw Unknown(found);
        }
    }

    private static Aws.Errors.AwsException Unknown(string token) =>
        CloudWatchErrors.Validation($"Error in expression: invalid syntax at '{token}'.");

    [GeneratedRegex(@"\d+(\.\d+)?|\.\d+|\w+|==|!=|<=|>=|&&|\|\||\S")]
    private static partial Regex Token();

    [GeneratedRegex("^[a-z][a-zA-Z0-9_]*$")]
    private static partial Regex Id();
}
