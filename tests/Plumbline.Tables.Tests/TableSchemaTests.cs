using System.Text;

namespace Plumbline.Tables.Tests;

public sealed class TableSchemaTests
{
    [Fact]
    public void A_schema_is_a_readable_file_with_a_line_for_each_column()
    {
        var schema = new TableSchema
        {
            Columns = [new Column("age", ColumnKind.Number), new Column("St\u00e4dte", ColumnKind.Category)],
            Missing = ["NA"],
        };
        schema
            .ToJson()
            .ShouldBe(
                """
                {
                  "columns": [
                    {"name":"age","kind":"number"},
                    {"name":"St\u00e4dte","kind":"category"}
                  ],
                  "missing": ["NA"]
                }

                """.Replace("\\u00e4", "\u00e4")
            );
        TableSchema.Parse(Encoding.UTF8.GetBytes(schema.ToJson())).ShouldBe(schema);
    }

    [Theory]
    [InlineData("{\"columns\":[{\"name\":\"a\",\"kind\":\"colour\"}]}", "is not a schema (line 1)")]
    [InlineData("{\"columns\":[]}", "has no columns; write at least one in \"columns\"")]
    [InlineData(
        "{\"columns\":[{\"name\":\"a\",\"kind\":\"text\"},{\"name\":\"a\",\"kind\":\"time\"}]}",
        "names the column 'a' twice"
    )]
    [InlineData("{\"column\":[]}", "is not a schema")]
    [InlineData("null", "has no columns")]
    public void An_invalid_schema_says_what_is_wrong(string json, string message)
    {
        Should
            .Throw<SchemaError>(() => TableSchema.Parse(Encoding.UTF8.GetBytes(json)))
            .Message.ShouldStartWith(message);
    }
}
