using System.Text.RegularExpressions;
using Mono.Cecil;
using Plumbline.LocalCloud;
using Plumbline.Testing;

namespace Plumbline.Scenarios.Tests.House;

/// <summary>
/// The rules of the house that a machine can hold. <c>exceptions.txt</c> lists the violations that are allowed; it may only
/// shrink, and a line that is not needed any more fails too.
/// </summary>
public sealed partial class HouseTests
{
    private static readonly string[] Programs = ["", "jobs", "serving"];

    [Fact]
    public void No_folders_of_a_project_reach_each_other_in_circles() =>
        Holds(
            "circle",
            Assemblies()
                .SelectMany(file =>
                    FolderGraph
                        .Of(file)
                        .Cycles()
                        .Select(circle => $"{Path.GetFileNameWithoutExtension(file)}: {circle}")
                )
        );

    [Fact]
    public void No_file_has_more_than_300_lines() =>
        Holds(
            "long file",
            Sources("src", "tests", "bench").Where(file => file.Lines.Length > 300).Select(file => file.Name)
        );

    [Fact]
    public void The_local_cloud_shows_only_its_host_and_its_options()
    {
        using var module = ModuleDefinition.ReadModule(typeof(LocalCloudHost).Assembly.Location);
        Holds(
            "public type",
            module
                .Types.Where(type =>
                    type.IsPublic && type.Name is not (nameof(LocalCloudHost) or nameof(LocalCloudOptions))
                )
                .Select(type => type.FullName)
        );
    }

    [Fact]
    public void One_type_takes_S3_URIs_apart() =>
        Holds(
            "S3 URI",
            Sources("src")
                .Where(file => !file.Name.EndsWith("/S3Uri.cs", StringComparison.Ordinal))
                .Where(file => file.Lines.Any(line => line.Contains("\"s3://\"", StringComparison.Ordinal)))
                .Select(file => file.Name)
        );

    [Fact]
    public void One_type_takes_ARNs_apart() =>
        Holds(
            "ARN",
            from file in Sources("src")
            where !file.Name.Contains("/Plumbline.Aws/Arns/", StringComparison.Ordinal)
            from line in file.Lines
            where TakesArnApart().IsMatch(line)
            select $"{file.Name}: {line.Trim()}"
        );

    [Fact]
    public void No_error_is_known_by_its_message() =>
        Holds(
            "message",
            from file in Sources("src")
            from Match match in KnownByMessage().Matches(string.Join('\n', file.Lines))
            select file.Name
        );

    [Fact]
    public void One_type_knows_the_codes_of_a_missing_resource() =>
        Holds(
            "missing code",
            from file in Sources("src")
            where !file.Name.EndsWith("/ErrorKinds.cs", StringComparison.Ordinal)
            where MissingByCode().IsMatch(string.Join('\n', file.Lines))
            select file.Name
        );

    [Fact]
    public void No_two_types_have_one_short_name() =>
        Holds(
            "two types",
            from type in Assemblies().SelectMany(TypeNames).Select(WithoutService).Distinct()
            group type by type[(type.LastIndexOf('.') + 1)..] into types
            where types.Count() > 1 && types.Key is not ("Log" or "Program" or "_Imports")
            select string.Join(" and ", types.Order(StringComparer.Ordinal))
        );

    [Fact]
    public void A_summary_says_more_than_three_words_and_begins_with_its_subject() =>
        Holds(
            "summary",
            from file in Sources("src")
            from line in file.Lines
            where TooShort().IsMatch(line) || WithoutSubject().IsMatch(line)
            select $"{file.Name}: {line.Trim()}"
        );

    private static void Holds(string rule, IEnumerable<string> found)
    {
        var allowed = File.ReadLines(Repository.Path("tests", "Plumbline.Scenarios.Tests", "House", "exceptions.txt"))
            .Where(line => line.StartsWith(rule + ": ", StringComparison.Ordinal))
            .Select(line => line[(rule.Length + 2)..])
            .ToList();
        var violations = found.Distinct().ToList();
        string Listed(IEnumerable<string> lines) => string.Join('\n', lines.Select(line => $"{rule}: {line}"));
        Listed(violations.Except(allowed)).ShouldBeEmpty("these violate the rule");
        Listed(allowed.Except(violations)).ShouldBeEmpty("these hold now: remove them from exceptions.txt");
    }

    /// <summary>The assemblies that this repository builds, each once.</summary>
    private static IEnumerable<string> Assemblies() =>
        Programs
            .Select(folder => Path.Combine(Path.GetDirectoryName(Plumb.Program)!, folder))
            .SelectMany(folder => Directory.GetFiles(folder, "*.dll"))
            .Where(file => Path.GetFileName(file).StartsWith("plumb", StringComparison.OrdinalIgnoreCase))
            .DistinctBy(Path.GetFileName);

    private static IEnumerable<string> TypeNames(string assembly)
    {
        using var module = ModuleDefinition.ReadModule(assembly);
        return
        [
            .. module
                .Types.Where(type => type.Namespace.StartsWith("Plumb", StringComparison.Ordinal))
                .Where(type => !type.Name.Contains('<'))
                .Select(type => $"{type.Namespace}.{type.Name.Split('`')[0]}"),
        ];
    }

    /// <summary>Views have AWS's names, and several services of AWS have a shape such as Tag.</summary>
    private static string WithoutService(string type) => View().Replace(type, "Plumbline.Aws.Views.");

    private static IEnumerable<(string Name, string[] Lines)> Sources(params IEnumerable<string> folders) =>
        from folder in folders
        from file in Directory.EnumerateFiles(Repository.Path(folder), "*.cs", SearchOption.AllDirectories)
        where !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal)
        select (Path.GetRelativePath(Repository.Root, file), File.ReadAllLines(file));

    [GeneratedRegex(
        """[aA]rn(\(\w*\))?[!?]*\.(Split|IndexOf|LastIndexOf|IndexOfAny|LastIndexOfAny|Substring|Replace)\(|[aA]rn!?\[[^\]]*\.\.|"arn:[a-z:]*"\.Length|\.(Split|IndexOf|LastIndexOf)\((":[a-z-]+[/:]|':', [67]\))"""
    )]
    private static partial Regex TakesArnApart();

    [GeneratedRegex(@"\bwhen\s*\([^{;]*\bMessage\s*\.\s*(Contains|StartsWith|EndsWith)\(")]
    private static partial Regex KnownByMessage();

    [GeneratedRegex(@"^Plumbline\.Aws\.Views\.\w+\.")]
    private static partial Regex View();

    [GeneratedRegex(@"\bCode\s*(==|!=|is)\s[^;{]*?""ResourceNotFound")]
    private static partial Regex MissingByCode();

    [GeneratedRegex(@"<summary>\s*([^\s<]+\s*){1,3}</summary>")]
    private static partial Regex TooShort();

    [GeneratedRegex(@"///\s*<(summary|returns|param name=""\w+"")>\s*(What|Whether|Who|Whoever|Whose|Whatever)\b")]
    private static partial Regex WithoutSubject();
}
