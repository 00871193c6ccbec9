using System.Text;
using Plumbline.Records.Examples;

namespace Plumbline.Cli.Demo;

/// <summary>A request of the demo and the truth that becomes known later.</summary>
/// <param name="Body">The body of the request: one row, image or text.</param>
/// <param name="ContentType">Its content type, such as <c>text/csv</c>.</param>
/// <param name="Truth">A label of the project, or a number in a regression.</param>
internal sealed record DemoExample(byte[] Body, string ContentType, string Truth)
{
    private const string Csv = "text/csv";

    /// <summary>The inference id of its requests; null leaves it to the story.</summary>
    public string? Key { get; init; }

    /// <summary>The text by which a review list shows the example: the row, or the hash of the content.</summary>
    public string Identity => ContentType == Csv ? Encoding.UTF8.GetString(Body) : Content.Of(Body, ContentType).Sha256;

    /// <summary>A row of a table.</summary>
    /// <param name="row">CSV cells in the order of the model's inputs.</param>
    /// <param name="truth">The label, or the number.</param>
    public static DemoExample Row(string row, string truth) => new(Encoding.UTF8.GetBytes(row), Csv, truth);
}
