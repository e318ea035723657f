/**
 * Protects: a file from outside cannot take the process down. Each limit is refused by name, never met by an
 * out-of-memory. They leave room for a district's bills (140,000 rows) in one file.
 */
export const LIMITS = {
  bytes: 50 * 1024 * 1024,
  rows: 200_000,
  columns: 200,
  /** A wide sheet of 200,000 rows is refused before it is built: cells, not bytes, decide what a read costs. */
  cells: 4_000_000,
  cellCharacters: 2_000,
  /** All text held of one file. */
  characters: 60_000_000,
  merges: 20_000,
  /** What an XLSX may unpack to, and how many times its packed size a large part may be: a zip bomb is over both. */
  expandedBytes: 256 * 1024 * 1024,
  expansion: 100,
  expansionCheckedFrom: 16 * 1024 * 1024,
  /**
   * How a part of an XLSX may be made. Excel nests a dozen deep and writes no single text over 32,767 characters, nor a tag
   * with all its attributes of a tenth of that; what it lists beside the rows (sheets, relations, styles) has limits of its own.
   */
  xmlDepth: 64,
  xmlToken: 1024 * 1024,
  sheets: 1_000,
  relations: 10_000,
  numberFormats: 10_000,
  cellStyles: 66_000,
  /** Of a part that only lists what the file holds, as it is unpacked. */
  listBytes: 16 * 1024 * 1024,
} as const;
