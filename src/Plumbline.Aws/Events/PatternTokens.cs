using System.Text;
using System.Text.Json;
using Plumbline.Aws.Errors;

namespace Plumbline.Aws.Events;

/// <summary>
/// A pattern's tokens, with the position that AWS puts into its messages. AWS's reader reads a text only when it needs
/// it, and reads a value's first character together with the member's name.
/// </summary>
internal sealed class PatternTokens
{
    private const int LongestQuote = 500;

    private readonly string text;
    private readonly List<Token> tokens = [];
    private int current = -1;
    private bool wasRead;

    public PatternTokens(string text)
    {
        this.text = text;
        try
        {
            Split();
        }
        catch (JsonException exception)
        {
            throw Invalid(exception.Message);
        }
    }

    public JsonTokenType Kind => tokens[current].Kind;

    public JsonTokenType Next()
    {
        current++;
        wasRead = false;
        return Kind;
    }

    /// <summary>The current token's text: a name, a text without its quotes, or a number's digits.</summary>
    public string Read()
    {
        wasRead = true;
        return tokens[current].Text;
    }

    /// <summary>An error at the current token.</summary>
    /// <param name="reason">AWS's reason.</param>
    /// <param name="inList">True inside the list of <c>anything-but</c>, where AWS writes the place twice.</param>
    public AwsException Refusal(string reason, bool inList = false)
    {
        var place = Place();
        return Invalid(reason + place + (inList ? place : ""));
    }

    /// <summary>An error without a place.</summary>
    public static AwsException Invalid(string reason) =>
        new("InvalidEventPatternException", 400, $"Event pattern is not valid. Reason: {reason}");

    private string Place()
    {
        var end = EndOfWhatWasSeen();
        var before = text.AsSpan(0, end);
        var line = before.Count('\n') + 1;
        var column = end - before.LastIndexOf('\n');
        var quote =
            text.Length <= LongestQuote
                ? $"\"{text}\""
                : $"\"{text.AsSpan(0, LongestQuote)}\"[truncated {text.Length - LongestQuote} chars]";
        return $"\n at [Source: (String){quote}; line: {line}, column: {column}]";
    }

    private int EndOfWhatWasSeen()
    {
        var token = tokens[current];
        if (token.Kind == JsonTokenType.PropertyName)
        {
            token = tokens[current + 1];
        }
        else if (wasRead)
        {
            return token.End;
        }

        return token.Kind == JsonTokenType.String ? token.Start + 1 : token.End;
    }

    private void Split()
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var reader = new Utf8JsonReader(bytes);
        while (reader.Read())
        {
            var value = reader.TokenType is JsonTokenType.PropertyName or JsonTokenType.String
                ? reader.GetString()!
                : Encoding.UTF8.GetString(reader.ValueSpan);
            tokens.Add(
                new Token(
                    reader.TokenType,
                    value,
                    Encoding.UTF8.GetCharCount(bytes.AsSpan(0, (int)reader.TokenStartIndex)),
                    Encoding.UTF8.GetCharCount(bytes.AsSpan(0, (int)reader.BytesConsumed))
                )
            );
        }
    }

    private sealed record Token(JsonTokenType Kind, string Text, int Start, int End);
}
