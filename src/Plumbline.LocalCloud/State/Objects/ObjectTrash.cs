using System.Globalization;
using Plumbline.LocalCloud.Time;

namespace Plumbline.LocalCloud.State.Objects;

/// <summary>
/// The files that the sweep took away, in a folder a day under <c>trash/objects</c>. Where the database turns out to be an older
/// one than the files, they are moved back by hand.
/// </summary>
internal sealed class ObjectTrash(DataFolder data)
{
    /// <summary>How many days a file stays.</summary>
    public const int Days = 7;

    private const string DayFormat = "yyyy-MM-dd";

    /// <summary>The folder of the days.</summary>
    public string Folder => Path.Combine(data.Root, "trash", "objects");

    /// <summary>Moves a file to the folder of today.</summary>
    public void Take(string path)
    {
        var today = Path.Combine(Folder, Today().ToString(DayFormat, CultureInfo.InvariantCulture));
        Directory.CreateDirectory(today);
        File.Move(path, Path.Combine(today, Path.GetFileName(path)), overwrite: true);
    }

    /// <summary>Removes the days that are over.</summary>
    public void Empty()
    {
        if (!Directory.Exists(Folder))
        {
            return;
        }

        foreach (var day in Directory.EnumerateDirectories(Folder))
        {
            if (DateOnly.TryParseExact(Path.GetFileName(day), DayFormat, out var date) && date < Today().AddDays(-Days))
            {
                Directory.Delete(day, recursive: true);
            }
        }
    }

    /// <summary>By real time: civil time may be moved on by weeks in a moment.</summary>
    private static DateOnly Today() => DateOnly.FromDateTime(ProcessTime.Clock.GetUtcNow().UtcDateTime);
}
