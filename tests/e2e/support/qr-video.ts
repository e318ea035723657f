import { writeFile } from 'node:fs/promises';
import { encode } from 'uqr';

const width = 640;
const height = 480;
const frames = 10;
const white = 235;
const black = 16;
const grey = 128;

/** One picture in YUV 4:2:0 (BT.601 range): the code in the middle of a white sheet. */
function qrFrame(text: string): Buffer {
  const { size, data } = encode(text, { ecc: 'M', border: 4 });
  const module = Math.floor(height / size);
  const left = Math.floor((width - size * module) / 2);
  const top = Math.floor((height - size * module) / 2);
  const luma = Buffer.alloc(width * height, white);
  data.forEach((row, y) =>
    row.forEach((dark, x) => {
      if (!dark) return;
      for (let line = 0; line < module; line++) {
        const from = (top + y * module + line) * width + left + x * module;
        luma.fill(black, from, from + module);
      }
    }),
  );
  return Buffer.concat([luma, Buffer.alloc((width * height) / 2, grey)]);
}

/**
 * Films this code as raw y4m, a still of one second. Returns Chromium's flags for a camera that shows the film and asks
 * nobody's leave.
 */
export async function filmCode(path: string, text: string): Promise<string[]> {
  const frame = Buffer.concat([Buffer.from('FRAME\n'), qrFrame(text)]);
  const head = Buffer.from(`YUV4MPEG2 W${width} H${height} F${frames}:1 Ip A1:1 C420jpeg\n`);
  await writeFile(path, Buffer.concat([head, ...Array.from({ length: frames }, () => frame)]));
  return [
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-video-capture=${path}`,
  ];
}
