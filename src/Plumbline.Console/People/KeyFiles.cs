using System.Xml;
using System.Xml.Linq;

namespace Plumbline.WebConsole.People;

/// <summary>The files of the keys that protect cookies and forms, one XML document each.</summary>
internal static class KeyFiles
{
    /// <summary>
    /// Renames files that are not XML to <c>*.damaged</c>: one of them would make all keys unreadable. Sessions with
    /// such a key end.
    /// </summary>
    public static void SetDamagedAside(DirectoryInfo folder)
    {
        foreach (var file in folder.GetFiles("*.xml"))
        {
            try
            {
                XElement.Load(file.FullName);
            }
            catch (XmlException)
            {
                file.MoveTo(file.FullName + ".damaged", overwrite: true);
            }
        }
    }
}
