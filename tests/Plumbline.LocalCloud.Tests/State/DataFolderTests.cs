using Plumbline.LocalCloud.State;
using Plumbline.Testing;

namespace Plumbline.LocalCloud.Tests.State;

public sealed class DataFolderTests
{
    [Fact]
    public void A_folder_that_all_could_read_is_its_owners_alone_once_it_holds_a_cloud()
    {
        using var folder = new TemporaryFolder();
        File.SetUnixFileMode(folder.Path, File.GetUnixFileMode(folder.Path) | UnixFileMode.OtherRead);

        using (DataFolder.Open(folder.Path))
        {
            File.GetUnixFileMode(folder.Path)
                .ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
