using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Plumbline.Records.GroundTruth;
using Plumbline.Records.Project;
using Plumbline.Records.Quality;
using Plumbline.Tables;

namespace Plumbline.Records.Monitoring;

/// <summary>
/// Converts class names in UTF-8 to class indexes, so that labels and predictions are compared in one vocabulary.
/// </summary>
public sealed class LabelNames
{
    private readonly Dictionary<ulong, (int Index, byte[] Name)> byHash = [];

    /// <summary>One-letter names, the usual case, are found without a hash.</summary>
    private readonly int[] letters = new int[256];

    /// <param name="labels">The project's labels, by class index.</param>
    public LabelNames(IReadOnlyList<string> labels)
        : this(labels, new Dictionary<string, string>()) { }

    /// <param name="project">The project, with its labels and their former names.</param>
    public LabelNames(ProjectDescription project)
        : this(project.Labels, project.FormerLabels)
    {
        (Columns, AreNumbers, IsContent) = (
            project.Data.Schema,
            project.Task == TaskKind.Regression,
            project.Data.IsContent()
        );
        Json = project.Task.IsJson() ? project.JsonForm() : null;
    }

    private LabelNames(IReadOnlyList<string> labels, IReadOnlyDictionary<string, string> former)
    {
        Names = labels;
        Array.Fill(letters, -1);
        for (var i = 0; i < labels.Count; i++)
            Add(labels[i], i);
        foreach (var (old, now) in former)
            Add(old, labels.ToList().IndexOf(now));
    }

    /// <summary>The current names by class index.</summary>
    public IReadOnlyList<string> Names { get; }

    public int Count => Names.Count;

    /// <summary>True in a regression, whose truths and answers are numbers and not names.</summary>
    public bool AreNumbers { get; }

    /// <summary>Reads truths and answers that are JSON; null if they are labels or numbers.</summary>
    public JsonTruths? Json { get; }

    /// <summary>The columns of the project's rows, by which a request names its values; null if all are numbers.</summary>
    public TableSchema? Columns { get; }

    /// <summary>True if the body of a request is one example, instead of rows.</summary>
    public bool IsContent { get; }

    /// <summary>
    /// The class of a text: a current or former name of a label, else a whole number that is a label's name
    /// (<c>3.0</c>), else that number as class index; -1 for any other text. A name always has priority over an index.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int IndexOf(ReadOnlySpan<byte> text)
    {
        if (text.Length == 1 && letters[text[0]] >= 0)
            return letters[text[0]];
        text = text.Trim(" \r\n"u8);
        var index = Named(text);
        if (index < 0 && text is [(byte)'"', .. var quoted, (byte)'"'])
            return IndexOf(quoted);
        if (index >= 0 || !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            return index;
        if (number != Math.Floor(number) || Math.Abs(number) > int.MaxValue)
            return -1;
        index = Named(Encoding.UTF8.GetBytes(((int)number).ToString(CultureInfo.InvariantCulture)));
        return index >= 0 ? index
            : number >= 0 && number < Count ? (int)number
            : -1;
    }

    private void Add(string name, int index)
    {
        var bytes = Encoding.UTF8.GetBytes(name);
        byHash[XxHash64.Hash(bytes)] = (index, bytes);
        if (bytes.Length == 1)
            letters[bytes[0]] = index;
    }

    private int Named(ReadOnlySpan<byte> text) =>
        byHash.TryGetValue(XxHash64.Hash(text), out var known) && text.SequenceEqual(known.Name) ? known.Index : -1;
}
