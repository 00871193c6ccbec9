using System.Xml;
using System.Xml.Linq;

namespace Plumbline.WebConsole.People;

/// <summary>The files of the keys that seal cookies and forms, one XML document each.</summary>
internal static class KeyFiles
{
    /// <summary>
    /// Sets aside, under the name <c>*.damaged</c>, the files that are not XML: one of them would keep all keys from being read. Who
    /// was signed in by such a key signs in again.
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
