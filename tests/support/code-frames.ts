/**
 * What the camera of an old phone makes of a code on another phone: tilted, pale, out of focus, small, with the noise of a
 * cheap sensor. Drawn pixel by pixel, from outside nothing but the code's text.
 */
import { encode } from 'uqr';

export const FRAME = { width: 640, height: 480 };

export type Shot = {
  /** Pixels from edge to edge of the code, without its white margin, held straight. */
  size: number;
  /** Degrees by which the phone is turned away from the camera, about an axis in its plane. */
  tilt: number;
  /** Degrees of that axis, and of the code within its plane. */
  axis: number;
  turn: number;
  /** Of black to white, 1 being all that a picture can show. */
  contrast: number;
  /** σ of a Gaussian, in pixels. */
  blur: number;
  /** Of the code's middle. */
  at: { x: number; y: number };
  /** A number in [0, 1) at each call. */
  random: () => number;
};

const MARGIN = 4;
/** How far off the camera is, in widths of the code. */
const DISTANCE = 3;
/** Look-ups a pixel, each way. */
const FINE = 2;
/** Pixels about the code's middle, each way, that have anything but paper in them. */
const REACH = 150;
const MIDDLE = 128;
const WHITE = 255;
const NOISE = 6;

/** Red, green, blue and alpha of each pixel, row by row. */
export function photograph(text: string, shot: Shot): Uint8ClampedArray {
  const { width, height } = FRAME;
  const box = { left: Math.floor(shot.at.x) - REACH, top: Math.floor(shot.at.y) - REACH };
  const light = blurred(drawn(text, shot, box), shot.blur);
  const pixels = new Uint8ClampedArray(width * height * 4).fill(WHITE);
  for (let at = 0; at < width * height; at += 1) {
    const [x, y] = [(at % width) - box.left, Math.floor(at / width) - box.top];
    const isPaper = x < 0 || y < 0 || x >= SIDE || y >= SIDE;
    const value = isPaper ? 1 : (light[y * SIDE + x] ?? 1);
    const noise = (shot.random() - 0.5) * NOISE;
    pixels.fill(MIDDLE + (value - 0.5) * shot.contrast * WHITE + noise, at * 4, at * 4 + 3);
  }
  return pixels;
}

const SIDE = 2 * REACH;

/** Light of each pixel of the box, 0 to 1. */
function drawn(text: string, shot: Shot, { left, top }: { left: number; top: number }): Float64Array {
  const { size, at } = shot;
  const { size: modules, data } = encode(text, { ecc: 'M', border: MARGIN });
  const inner = modules - 2 * MARGIN;
  const light = new Float64Array(SIDE * SIDE);
  const lookBack = seenThrough(shot);
  const isDark = (x: number, y: number): boolean => {
    const { u, v } = lookBack((x - at.x) / size, (y - at.y) / size);
    const [column, row] = [Math.floor((u + 0.5) * inner) + MARGIN, Math.floor((v + 0.5) * inner) + MARGIN];
    return data[row]?.[column] ?? false;
  };
  for (let nth = 0; nth < SIDE * SIDE; nth += 1) {
    const [x, y] = [left + (nth % SIDE), top + Math.floor(nth / SIDE)];
    let dark = 0;
    for (let part = 0; part < FINE * FINE; part += 1) {
      const [dx, dy] = [(part % FINE) + 0.5, Math.floor(part / FINE) + 0.5];
      if (isDark(x + dx / FINE, y + dy / FINE)) dark += 1;
    }
    light[nth] = 1 - dark / (FINE * FINE);
  }
  return light;
}

/** Where on the code's plane a point of the picture lies, both in widths of the code from its middle. */
function seenThrough(held: Pick<Shot, 'tilt' | 'axis' | 'turn'>) {
  const [tilt, axis, turn] = [held.tilt, held.axis, held.turn].map((degrees) => (degrees * Math.PI) / 180);
  const rotate = (angle: number) => {
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    return (x: number, y: number) => ({ u: x * cos + y * sin, v: y * cos - x * sin });
  };
  const [toAxis, fromAxis, ofCode] = [rotate(axis ?? 0), rotate(-(axis ?? 0)), rotate(turn ?? 0)];
  const [cos, sin] = [Math.cos(tilt ?? 0), Math.sin(tilt ?? 0)];
  return (x: number, y: number): { u: number; v: number } => {
    // What lies across the axis comes nearer or goes farther by the tilt.
    const { u: along, v: across } = toAxis(x, y);
    const far = (across * DISTANCE) / (DISTANCE * cos - across * sin);
    const { u, v } = fromAxis((along * (DISTANCE + far * sin)) / DISTANCE, far);
    return ofCode(u, v);
  };
}

/** A Gaussian, first along the rows and then along the columns; beyond the box is paper. */
function blurred(light: Float64Array, sigma: number): Float64Array {
  const reach = Math.ceil(3 * sigma);
  const weights = Array.from({ length: 2 * reach + 1 }, (_, at) =>
    Math.exp(-((at - reach) ** 2) / (2 * sigma ** 2)),
  );
  const sum = weights.reduce((all, weight) => all + weight, 0);
  return pass(pass(light, 1, SIDE), SIDE, 1);

  function pass(from: Float64Array, step: number, across: number): Float64Array {
    const to = new Float64Array(from.length);
    for (let line = 0; line < SIDE; line += 1) {
      for (let at = 0; at < SIDE; at += 1) {
        let value = 0;
        for (let nth = 0; nth < weights.length; nth += 1) {
          const where = at + nth - reach;
          const seen = where < 0 || where >= SIDE ? 1 : (from[line * across + where * step] ?? 1);
          value += (weights[nth] ?? 0) * seen;
        }
        to[line * across + at * step] = value / sum;
      }
    }
    return to;
  }
}
