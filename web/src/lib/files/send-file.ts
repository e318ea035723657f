import { parseProblem, type Problem, type Unknown } from '$lib/problem.ts';

/** What came of sending a file: an answer, a refusal in words, or nothing at all. */
export type Sent<Body> =
  | { kind: 'answered'; body: Body }
  | { kind: 'refused'; problem: Problem }
  | { kind: 'lost' };

type Ask = {
  /** A path of the API, made by the typed client. */
  path: string;
  file: File;
  locale: string;
  unknown: Unknown;
  /** 0 to 1 while it travels; 1 means that the server has it and reads it. */
  onProgress: (share: number) => void;
};

/**
 * Sends a file straight to the API as it lies on the disk: no page's server holds it, so 50 MB pass. `fetch` cannot
 * say how far an upload is, so this is an XMLHttpRequest.
 */
export function sendFile<Body>({ path, file, locale, unknown, onProgress }: Ask): Promise<Sent<Body>> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 1 : loaded / total);
    request.upload.onload = () => onProgress(1);
    request.onerror = () => resolve({ kind: 'lost' });
    request.onload = () => {
      const body = parseJson(request.responseText);
      if (request.status >= 200 && request.status < 300) resolve({ kind: 'answered', body: body as Body });
      else resolve({ kind: 'refused', problem: parseProblem(body, request.status, locale, unknown) });
    };
    request.open('POST', path);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.setRequestHeader('accept-language', locale);
    request.send(file);
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Sends a file and saves the file that comes back, under the name the API gave it. False: there was none. */
export async function fetchFile(path: string, file: File): Promise<boolean> {
  const headers = { 'content-type': 'application/octet-stream' };
  const response = await fetch(path, { method: 'POST', body: file, headers }).catch(() => null);
  if (!response?.ok) return false;
  const named = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get('content-disposition') ?? '')?.[1];
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await response.blob());
  link.download = decodeURIComponent(named ?? 'file');
  link.click();
  URL.revokeObjectURL(link.href);
  return true;
}
