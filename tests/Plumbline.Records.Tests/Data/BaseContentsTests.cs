using Plumbline.Records.Data;
using Plumbline.Records.Project;
using Plumbline.Testing;

namespace Plumbline.Records.Tests.Data;

public sealed class BaseContentsTests : IDisposable
{
    private const string Photos =
        "name: pets\ndata:\n  format: folders\n  file: photos\nlabels: [cat, {dog: {was: hound}}]\ntraining:\n  algorithm: pytorch\n";
    private const string Messages =
        "name: pets\ndata:\n  format: manifest\n  file: said.jsonl\n  label: kind\nlabels: [cat, dog]\ntraining:\n  algorithm: pytorch\n";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Each_file_below_the_folder_of_a_class_is_an_example()
    {
        Photo("photos/cat/1.jpg", 1);
        Photo("photos/cat/in the garden/2.JPEG", 2);
        Photo("photos/hound/3.jpg", 3);
        folder.Write("photos/dog/4.txt", "Wuff");
        folder.Write("photos/cat/.DS_Store", "left by a system");

        var examples = Read(Photos);

        examples
            .Select(one => (one.Id, one.Label, one.Class, one.Content.Type))
            .ShouldBe([
                ("photos/cat/1.jpg", "cat", 0, "image/jpeg"),
                ("photos/cat/in the garden/2.JPEG", "cat", 0, "image/jpeg"),
                ("photos/dog/4.txt", "dog", 1, "text/plain"),
                ("photos/hound/3.jpg", "dog", 1, "image/jpeg"),
            ]);
        examples[0].Key.ShouldBe(examples[0].Content.Sha256);
    }

    [Fact]
    public void Every_file_that_cannot_be_used_is_named_with_its_problem()
    {
        Photo("photos/cat/1.jpg", 1);
        Photo("photos/cat/same.jpg", 1);
        Photo("photos/dog/other.jpg", 1);
        folder.Write("photos/cat/empty.png", "");
        File.WriteAllBytes(folder.Write("photos/dog/cut.jpg", ""), TinyImages.Jpeg[..300]);
        folder.Write("photos/cat/film.mp4", "moving");
        folder.Write("photos/dogs/5.txt", "Wuff");
        folder.Write("photos/readme.txt", "about");

        Refused(Photos)
            .ShouldBe([
                "photos/readme.txt: is not in the folder of a class: move it into one, or remove it",
                "photos/cat/empty.png: is empty (0 bytes)",
                "photos/cat/film.mp4: has an unknown type: its name must end in .jpg, .jpeg, .png or .txt",
                "photos/dog/cut.jpg: is a damaged image: the file ends before the image does",
                "photos/dog/other.jpg: has the same content as photos/cat/1.jpg, but the label 'dog' instead of 'cat': keep one of them",
                "photos/dogs: 'dogs' is not one of labels: cat, dog; did you mean 'dog'?",
            ]);
    }

    [Fact]
    public void The_entity_is_found_in_the_path()
    {
        Photo("photos/cat/patient-17/a.jpg", 1);
        Photo("photos/cat/patient-17/b.jpg", 2);
        Photo("photos/dog/patient-4/c.jpg", 3);
        var yaml = Photos.Replace("  file:", "  splitKey: patient-(\\d+)/\n  file:");

        Read(yaml).Select(one => one.Key).ShouldBe([Key("17"), Key("17"), Key("4")]);

        Photo("photos/dog/d.jpg", 4);
        Photo("photos/dog/patient-5/again.jpg", 3);
        Refused(yaml)
            .ShouldBe([
                "photos/dog/d.jpg: data.splitKey 'patient-(\\d+)/' does not match 'photos/dog/d.jpg', so its entity is unknown",
                "photos/dog/patient-5/again.jpg: has the same content as photos/dog/patient-4/c.jpg, but data.splitKey finds another entity: keep one of them",
            ]);
    }

    [Fact]
    public void A_line_has_a_text_or_names_a_file_as_in_SageMakers_manifests()
    {
        Photo("scans/1.jpg", 1);
        folder.Write(
            "said.jsonl",
            """
            {"source": "Miau, miau", "kind": "cat"}
            {"source-ref": "scans/1.jpg", "kind": 1, "kind-metadata": {"class-name": "dog", "type": "groundtruth/image-classification"}, "weight": 2.5}

            {"source": "Miau, miau", "kind": "cat", "id": "again"}
            """
        );

        var examples = Read(Messages);

        examples
            .Select(one => (one.Id, one.Label, one.Content.Type, one.Weight))
            .ShouldBe([
                ("said.jsonl:1", "cat", "text/plain", 1),
                ("said.jsonl:2", "dog", "image/jpeg", 2.5),
                ("said.jsonl:4", "cat", "text/plain", 1),
            ]);
    }

    [Fact]
    public void Every_line_that_cannot_be_used_is_named_with_its_problem()
    {
        folder.Write(
            "said.jsonl",
            """
            {"source": "Miau", "kind": "cat"}
            {"source": "Miau", "kind": "dog"}
            {"source": "Wuff"}
            {"source": "Wuff", "kind": "bird"}
            {"source": " ", "kind": "dog"}
            {"kind": "dog"}
            {"source-ref": "gone.png", "kind": "dog"}
            {"source-ref": "../../etc/passwd.txt", "kind": "dog"}
            ["Wuff"]
            {"source": "Wuff", "kind": "dog", "weight": "much"}
            {"source
            """
        );

        Refused(Messages)
            .ShouldBe([
                "said.jsonl:2: has the same content as said.jsonl:1, but the label 'dog' instead of 'cat': keep one of them",
                "said.jsonl:3: has no label: write it as \"kind\" (data.label)",
                "said.jsonl:4: 'bird' is not one of labels: cat, dog",
                "said.jsonl:5: has no text",
                "said.jsonl:6: needs either \"source\", a text or a row as JSON, or \"source-ref\", the place of a file",
                "said.jsonl:7: gone.png does not exist in the project's folder",
                "said.jsonl:8: ../../etc/passwd.txt is not a path inside the project's folder",
                "said.jsonl:9: is not a JSON object",
                "said.jsonl:10: has a weight that is not a number over 0",
                "said.jsonl:11: is not JSON: Expected end of string, but instead reached end of data",
            ]);
    }

    private static string Key(string entity) => SplitKey.OfEntity(entity).ToString();

    private void Photo(string path, int number) =>
        File.WriteAllBytes(folder.Write(path, ""), TinyImages.Numbered(number));

    private IReadOnlyList<Records.Examples.Example> Read(string yaml) =>
        [.. BaseContents.Read(ProjectDescription.Parse(yaml), folder.Path).Examples.Select(one => one.Example)];

    private string[] Refused(string yaml) => Should.Throw<UserError>(() => Read(yaml)).Message.Split('\n');
}
