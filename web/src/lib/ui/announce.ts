/** Two rising tones for yes, one low and long for no: a clerk knows without looking. Phones also shake. */
const tones = {
  success: [
    { hertz: 880, from: 0, forS: 0.09 },
    { hertz: 1320, from: 0.11, forS: 0.14 },
  ],
  failure: [{ hertz: 196, from: 0, forS: 0.45 }],
} as const;

const shakes = { success: [60], failure: [160, 80, 160] } as const;

let context: AudioContext | undefined;

/** Sounds the result. Browsers keep quiet until the page was touched once; then this does nothing. */
export function announce(kind: keyof typeof tones): void {
  if (navigator.userActivation?.hasBeenActive !== true) return;
  navigator.vibrate?.([...shakes[kind]]);
  if (typeof AudioContext === 'undefined') return;
  context ??= new AudioContext();
  if (context.state !== 'running') return;
  for (const { hertz, from, forS } of tones[kind]) {
    const start = context.currentTime + from;
    const oscillator = context.createOscillator();
    const volume = context.createGain();
    oscillator.frequency.value = hertz;
    volume.gain.setValueAtTime(0.25, start);
    volume.gain.exponentialRampToValueAtTime(0.001, start + forS);
    oscillator.connect(volume).connect(context.destination);
    oscillator.start(start);
    oscillator.stop(start + forS);
  }
}
