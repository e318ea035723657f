/** One keep-alive connection that sends a request, waits for the whole answer and sends the next. */
import { connect, type Socket } from 'node:net';

const HEAD_END = Buffer.from('\r\n\r\n');
const CHUNKED_END = '0\r\n\r\n';
const FRESH_FOR_MS = 2_000;

export class Till {
  readonly #socket: Socket;
  #buffered: Buffer = Buffer.alloc(0);
  #waiting: { resolve: (status: number) => void; reject: (error: Error) => void } | undefined;
  #isClosed = false;
  #lastUsed = performance.now();

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on('data', (bytes) => this.#take(bytes));
    socket.on('error', (error) => this.#waiting?.reject(error));
    socket.on('close', () => {
      this.#isClosed = true;
      this.#waiting?.reject(new Error('the server closed the connection'));
    });
  }

  static open(port: number): Promise<Till> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => resolve(new Till(socket)));
      socket.once('error', reject);
    });
  }

  /** A server ends a connection that says nothing for some seconds; one that was used just now is still good. */
  get isFresh(): boolean {
    return !this.#isClosed && performance.now() - this.#lastUsed < FRESH_FOR_MS;
  }

  /** The status of the answer. */
  send(request: Buffer): Promise<number> {
    return new Promise((resolve, reject) => {
      if (this.#isClosed) return reject(new Error('the connection is closed'));
      this.#lastUsed = performance.now();
      this.#waiting = { resolve, reject };
      this.#socket.write(request);
    });
  }

  close(): void {
    this.#waiting = undefined;
    this.#socket.destroy();
  }

  #take(bytes: Buffer): void {
    this.#buffered = this.#buffered.length === 0 ? bytes : Buffer.concat([this.#buffered, bytes]);
    const headEnd = this.#buffered.indexOf(HEAD_END);
    if (headEnd < 0) return;
    const head = this.#buffered.toString('latin1', 0, headEnd);
    const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
    const isWhole =
      length === undefined
        ? this.#buffered.toString('latin1').endsWith(CHUNKED_END)
        : this.#buffered.length >= headEnd + HEAD_END.length + Number(length);
    if (!isWhole) return;
    this.#buffered = Buffer.alloc(0);
    const { resolve } = this.#waiting ?? {};
    this.#waiting = undefined;
    resolve?.(Number(head.slice('HTTP/1.1 '.length, 'HTTP/1.1 '.length + 3)));
  }
}
