/** Keeps the screen lit while the code is shown, where the browser can; ends with the effect that it is given to. */
export function keepAwake(): () => void {
  let lock: WakeLockSentinel | null = null;
  let over = false;
  const take = async () => {
    if (document.visibilityState !== 'visible') return;
    lock = await navigator.wakeLock?.request('screen').catch(() => null);
    if (over) await lock?.release();
  };
  const again = () => void take();
  again();
  // The browser lets go whenever the page is hidden.
  document.addEventListener('visibilitychange', again);
  return () => {
    over = true;
    document.removeEventListener('visibilitychange', again);
    void lock?.release();
  };
}
