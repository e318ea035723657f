import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url';

export type Detect = (image: ImageBitmapSource) => Promise<string | null>;

interface Detector {
  detect(image: ImageBitmapSource): Promise<{ rawValue: string }[]>;
}

interface DetectorClass {
  new (options: { formats: string[] }): Detector;
  getSupportedFormats(): Promise<readonly string[]>;
}

const formats = ['qr_code'];

async function ownDetector(): Promise<Detector | null> {
  const Own = (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector;
  if (Own === undefined) return null;
  const known = await Own.getSupportedFormats().catch((): readonly string[] => []);
  return known.includes('qr_code') ? new Own({ formats }) : null;
}

/** ZXing as WebAssembly, from our own origin: the library would else fetch it from another's. */
async function carriedDetector(): Promise<Detector> {
  const { BarcodeDetector, prepareZXingModule } = await import('barcode-detector/ponyfill');
  prepareZXingModule({ overrides: { locateFile: () => wasmUrl } });
  return new BarcodeDetector({ formats: ['qr_code'] });
}

/** Reads QR codes: with the phone's own reader where it has one, else with ours (a megabyte, so only when asked). */
export async function createDetect(): Promise<Detect> {
  const detector = (await ownDetector()) ?? (await carriedDetector());
  return async (image) => (await detector.detect(image))[0]?.rawValue ?? null;
}
