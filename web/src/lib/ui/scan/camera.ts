import type { Detect } from './detector.ts';

/** Between two looks at the picture: quick enough to feel instant, slow enough for an old phone. */
const everyMs = 150;

/** Why a camera cannot be had, so that the page can say what to do instead. */
export type CameraRefusal = 'insecure' | 'none' | 'denied';

export function cameraPossible(): boolean {
  return globalThis.isSecureContext && navigator.mediaDevices !== undefined;
}

export async function openCamera(): Promise<MediaStream | CameraRefusal> {
  if (!cameraPossible()) return 'insecure';
  try {
    return await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' }, audio: false });
  } catch (reason) {
    const name = reason instanceof DOMException ? reason.name : '';
    return name === 'NotAllowedError' || name === 'SecurityError' ? 'denied' : 'none';
  }
}

/** Looks at the video until it shows a code or is told to stop; the stream's light goes out either way. */
export async function watchCamera(
  video: HTMLVideoElement,
  stream: MediaStream,
  detect: Detect,
  stop: AbortSignal,
): Promise<string | null> {
  video.srcObject = stream;
  try {
    await video.play();
    while (!stop.aborted) {
      // A frame that is not ready yet makes the reader throw: the next look is soon enough.
      const text = await detect(video).catch(() => null);
      if (text !== null && !stop.aborted) return text;
      await new Promise((resolve) => setTimeout(resolve, everyMs));
    }
    return null;
  } finally {
    for (const track of stream.getTracks()) track.stop();
    video.srcObject = null;
  }
}
