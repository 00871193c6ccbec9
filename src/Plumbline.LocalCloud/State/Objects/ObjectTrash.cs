using System.Globalization;
using Plumbline.LocalCloud.Time;

namespace Plumbline.LocalCloud.State.Objects;

/// <summary>
/// The files that the sweep took away, in one folder a day under <c>trash/objects</c>. If the database turns out to be
/// older than the files, a person moves them back.
/// </summary>
internal sealed class ObjectTrash(DataFolder data)
{
    /// <summary>The days for which a file is kept.</summary>
    public const int Days = 7;

    private const string DayFormat = "yyyy-MM-dd";

    /// <summary>The folder that holds the days' folders.</summary>
    public string Folder => Path.Combine(data.Root, "trash", "objects");

    /// <summary>Moves a file to today's folder.</summary>
    public void Take(string path)
    {
        var today = Path.Combine(Folder, Today().ToString(DayFormat, CultureInfo.InvariantCulture));
        Directory.CreateDirectory(today);
        File.Move(path, Path.Combine(today, Path.GetFileName(path)), overwrite: true);
    }

    /// <summary>Removes the folders that are older than <see cref="Days"/>.</summary>
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

    /// <summary>In real time: civil time may jump forward by weeks.</summary>
    private static DateOnly Today() => DateOnly.FromDateTime(ProcessTime.Clock.GetUtcNow().UtcDateTime);
}
