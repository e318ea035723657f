/** The database holds names, phones and sign-ins: its files are for the account that the program runs under alone. */
import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';

/** Makes a folder, and those above it that are missing; one that is there stays as it is. */
export function makePrivateFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
}

/** Makes an empty file if there is none: SQLite gives its own files beside it (-wal, -shm) the same rights. */
export function makePrivateFile(file: string): void {
  closeSync(openSync(file, 'a', 0o600));
}

/** For a file that was copied, with whatever rights its original had. */
export function makePrivate(file: string): void {
  chmodSync(file, 0o600);
}
