using Plumbline.Testing;

namespace Plumbline.Records.Tests.Project;

/// <summary>Texts of plumbline.yaml that tests add to.</summary>
internal static class YamlTexts
{
    internal const string Least = """
        name: churn
        data:
          file: customers.csv
        labels: [stays, leaves]
        """;
}
