// The same work in DuckDB: each cell read as its kind, each row on a side by the SHA-256 of its cells, and a CSV for each
// side. Prints rows, 0, CPU seconds, MiB.
import { DuckDBInstance } from "@duckdb/node-api";

const [path, output] = process.argv.slice(2);
const instance = await DuckDBInstance.create(":memory:");
const connection = await instance.connect();
await connection.run("SET threads = 2");
const isCsv = path.endsWith(".csv");
const features = isCsv ? [...Array(20).keys()].map((i) => `x${i}`) : ['"source-ref"', "size", "brightness"];
const types = isCsv ? features.map((f) => `'${f}': 'FLOAT'`) : ["'source-ref': 'VARCHAR'", "'size': 'FLOAT'", "'brightness': 'FLOAT'"];
const columns = `{'label': 'VARCHAR', ${types.join(", ")}}`;
const source = isCsv
  ? `read_csv('${path}', header = true, columns = ${columns})`
  : `read_json('${path}', format = 'newline_delimited', columns = ${columns})`;
const copied = await connection.run(`
  COPY (SELECT CASE label WHEN 'no' THEN 0 WHEN 'yes' THEN 1 ELSE error('unknown label') END AS label, ${features.join(", ")},
      CASE WHEN substr(h, 1, 2) < '33' THEN 'test' WHEN substr(h, 1, 2) < '4d' THEN 'validation' ELSE 'train' END AS side
    FROM (SELECT *, sha256(sha256(concat_ws(',', ${features.join(", ")}))) AS h FROM ${source}))
  TO '${output}' (FORMAT csv, HEADER false, PARTITION_BY (side))`);
const [[rows]] = await copied.getRows();
const { user, system } = process.cpuUsage();
console.log(Number(rows), 0, (user + system) / 1e6, process.resourceUsage().maxRSS / 1024);
