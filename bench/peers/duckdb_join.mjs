// The same join in DuckDB; prints rows, correct rows, CPU seconds, MiB.
import { DuckDBInstance } from "@duckdb/node-api";

const folder = process.argv[2];
const instance = await DuckDBInstance.create(":memory:");
const connection = await instance.connect();
const reader = await connection.runAndReadAll(`
  WITH labels AS (
    SELECT eventMetadata.eventId AS key, groundTruthData.data AS label
    FROM read_json('${folder}/labels/*.jsonl', format = 'newline_delimited', columns = {
      groundTruthData: 'STRUCT(data VARCHAR)', eventMetadata: 'STRUCT(eventId VARCHAR)'})),
  captures AS (
    SELECT coalesce(eventMetadata.inferenceId, eventMetadata.eventId) AS key,
      json_extract_string(captureData.endpointOutput.data, '$.predictions[0].label') AS predicted
    FROM read_json('${folder}/captures/*.jsonl', format = 'newline_delimited', columns = {
      captureData: 'STRUCT(endpointOutput STRUCT("data" VARCHAR))',
      eventMetadata: 'STRUCT(eventId VARCHAR, inferenceId VARCHAR, inferenceTime VARCHAR)'})
    WHERE eventMetadata.inferenceTime >= '2026-03-01T00:00:00' AND eventMetadata.inferenceTime < '2027-03-01T00:00:00')
  SELECT count(*)::INTEGER, count(*) FILTER (predicted = label)::INTEGER FROM captures JOIN labels USING (key)`);
const [rows, right] = reader.getRows()[0];
const { user, system } = process.cpuUsage();
console.log(rows, right, (user + system) / 1e6, process.resourceUsage().maxRSS / 1024);
