using System.Text.RegularExpressions;
using Plumbline.Testing;

namespace Plumbline.Scenarios.Tests.House;

/// <summary>Rules for the tests themselves.</summary>
public sealed partial class TestRulesTests
{
    [Fact]
    public void Every_wait_for_a_program_or_a_process_has_a_bound() => Found(Unbounded()).ShouldBeEmpty();

    [Fact]
    public void Random_tests_take_their_seed_from_one_place() => Found(Unseeded()).ShouldBeEmpty();

    private static List<string> Found(Regex wrong) =>
        [
            .. from file in Directory.EnumerateFiles(Repository.Path("tests"), "*.cs", SearchOption.AllDirectories)
            where
                !file.Contains("/obj/") && !file.Contains("/Plumbline.Testing/") && !file.EndsWith("TestRulesTests.cs")
            from Match match in wrong.Matches(File.ReadAllText(file))
            select $"{Path.GetRelativePath(Repository.Path("tests"), file)}: {match.Value}",
        ];

    [GeneratedRegex(
        @"\.WaitForExit(Async)?\(|StandardOutput\s*\.ReadLine|\.WaitAsync\(\)(?!\s*\.InTimeAsync)|\.Wait\(\)"
    )]
    private static partial Regex Unbounded();

    [GeneratedRegex(@"\.QuickCheck|Config\.Quick|Random\.Shared")]
    private static partial Regex Unseeded();
}
