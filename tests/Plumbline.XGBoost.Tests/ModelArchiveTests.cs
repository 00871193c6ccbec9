using System.Formats.Tar;
using System.IO.Compression;
using Plumbline.Testing;
using Plumbline.XGBoost;
using Plumbline.XGBoost.Inputs;
using Plumbline.XGBoost.Models;
using Plumbline.XGBoost.Native;

namespace Plumbline.XGBoost.Tests;

public sealed class ModelArchiveTests : IDisposable
{
    private static readonly byte[] Model = TinyModel();
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void A_folder_an_archive_and_a_folder_with_an_archive_are_the_same_model()
    {
        ModelArchive.Write(folder.At("model"), Model, new ModelDescription { Features = 8, Labels = ["a", "b", "c"] });
        Directory.CreateDirectory(folder.At("channel"));
        var archive = Path.Combine(folder.At("channel"), "model.tar.gz");
        Pack(
            archive,
            ("./xgboost-model", Model),
            ("./plumbline-model.json", File.ReadAllBytes(folder.At("model/plumbline-model.json")))
        );

        foreach (var path in new[] { folder.At("model"), archive, folder.At("channel") })
        {
            var read = ModelArchive.Read(path);
            read.Description.ShouldNotBeNull().Labels.ShouldBe(["a", "b", "c"]);
            using var booster = read.LoadBooster();
            booster.Features.ShouldBe(8);
        }
    }

    [Fact]
    public void A_booster_of_another_trainer_needs_no_description()
    {
        Pack(folder.At("model.tar.gz"), ("xgboost-model", Model));

        ModelArchive.Read(folder.At("model.tar.gz")).Description.ShouldBeNull();
    }

    [Fact]
    public void A_truncated_or_changed_archive_is_damaged()
    {
        Pack(folder.At("model.tar.gz"), ("xgboost-model", Model));
        var whole = File.ReadAllBytes(folder.At("model.tar.gz"));
        var changed = whole.ToArray();
        changed[whole.Length / 2] ^= 0x55;
        foreach (var bytes in new[] { whole[..(whole.Length / 2)], changed, "nonsense"u8.ToArray() })
        {
            File.WriteAllBytes(folder.At("bad.tar.gz"), bytes);
            var error = Should.Throw<InputException>(() => ModelArchive.Read(folder.At("bad.tar.gz"), "channel model"));
            error.Message.ShouldBe("channel model: the archive is damaged: it is not a complete gzipped tar");
        }
    }

    [Fact]
    public void Entries_cannot_leave_the_archive()
    {
        Pack(folder.At("model.tar.gz"), ("../xgboost-model", Model), ("/tmp/plumbline-evil", Model));

        Should
            .Throw<InputException>(() => ModelArchive.Read(folder.At("model.tar.gz")))
            .Reason.ShouldBe("the archive has no xgboost-model");
        File.Exists("/tmp/plumbline-evil").ShouldBeFalse();
    }

    [Fact]
    public void A_link_in_place_of_the_booster_is_refused()
    {
        using (var file = File.Create(folder.At("model.tar.gz")))
        using (var gzip = new GZipStream(file, CompressionLevel.Fastest))
        using (var tar = new TarWriter(gzip))
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, "xgboost-model") { LinkName = "/etc/passwd" });
        }

        Should
            .Throw<InputException>(() => ModelArchive.Read(folder.At("model.tar.gz")))
            .Reason.ShouldBe("xgboost-model in the archive is not a plain file");
    }

    [Fact]
    public void A_folder_without_a_model_says_what_was_looked_for()
    {
        Directory.CreateDirectory(folder.At("empty"));

        Should
            .Throw<InputException>(() => ModelArchive.Read(folder.At("empty"), "channel model"))
            .Message.ShouldBe("channel model: it must contain xgboost-model or exactly one .tar.gz");
    }

    [Fact]
    public void A_damaged_booster_is_one_line_with_its_place()
    {
        Pack(folder.At("model.tar.gz"), ("xgboost-model", Model[..(Model.Length / 2)]));

        var error = Should.Throw<InputException>(() => ModelArchive.Read(folder.At("model.tar.gz")).LoadBooster());

        error.Place.ShouldBe("model.tar.gz, xgboost-model");
        error.Reason.ShouldNotContain("\n");
    }

    [Fact]
    public void A_booster_that_is_cut_anywhere_never_loads()
    {
        for (var length = 0; length < Model.Length; length += 1 + (Model.Length / 997))
        {
            var cut = Model[..length];
            Should.Throw<XGBoostException>(() => Booster.Load(cut), $"the first {length} bytes");
        }
    }

    public void Dispose() => folder.Dispose();

    private static void Pack(string path, params (string Name, byte[] Content)[] entries)
    {
        using var file = File.Create(path);
        using var gzip = new GZipStream(file, CompressionLevel.Fastest);
        using var tar = new TarWriter(gzip);
        foreach (var (name, content) in entries)
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });
        }
    }

    private static byte[] TinyModel()
    {
        var (features, labels) = SampleData.Make(100);
        using var train = DMatrix.FromRows(features, 8, labels);
        using var booster = Booster.Create([new("objective", "multi:softprob"), new("num_class", "3")], train);
        booster.Update(0, train);
        return booster.Save();
    }
}
