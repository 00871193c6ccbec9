using System.IO.Compression;
using System.Reflection;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Plumbline.Tables;

namespace Plumbline.Cli.Demo;

/// <summary>A text message, and the truth about it: ham or spam.</summary>
internal sealed record Message(string Text, string Kind)
{
    public const string Spam = "spam";

    /// <summary>The same message, if it is spam, in words that filters do not know yet.</summary>
    public Message Disguised() => Kind == Spam ? this with { Text = Disguise.Of(Text) } : this;
}

/// <summary>
/// The SMS Spam Collection (samples/messages/NOTICE) without repeated messages, split by a fixed shuffle into the project's
/// base data and later messages, which no first model knows.
/// </summary>
internal sealed record Messages(IReadOnlyList<Message> Base, IReadOnlyList<Message> Later)
{
    /// <summary>The name of the sample.</summary>
    public const string Sample = "messages";

    private const int BaseMessages = 2400;

    // Chosen before any result was known.
    private const int Seed = 20261130;

    // The texts stay readable: é, not a code.
    private static readonly JsonSerializerOptions Readable = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Reads the sample's data.</summary>
    public static Messages Load()
    {
        using var stream = Assembly
            .GetExecutingAssembly()
            .GetManifestResourceStream($"samples/{Sample}/messages.csv.gz")!;
        using var reader = new StreamReader(new GZipStream(stream, CompressionMode.Decompress), Encoding.UTF8);
        reader.ReadLine();
        var all = new List<Message>();
        while (reader.ReadLine() is { Length: > 0 } line)
        {
            var cells = CsvCells.Split(line);
            all.Add(new Message(cells[1].Trim(), cells[0]));
        }

        var shuffled = all.DistinctBy(message => message.Text).ToArray();
        new Random(Seed).Shuffle(shuffled);
        return new Messages(shuffled[..BaseMessages], shuffled[BaseMessages..]);
    }

    /// <summary>Both parts as JSON Lines.</summary>
    public (string Base, string Later) Files => (Lines(Base), Lines(Later));

    private static string Lines(IReadOnlyList<Message> messages) =>
        string.Concat(
            messages.Select(message =>
                JsonSerializer.Serialize(new { source = message.Text, kind = message.Kind }, Readable) + "\n"
            )
        );
}
